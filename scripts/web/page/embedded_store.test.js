// The embedded store listens on this machine, where every page that the user opens can send requests to it.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";

import { launch } from "./chromium.js";

/** Where the store is: its endpoint and a bucket with the object there.txt. Named by pack/tests/test_page.py. */
const STORE = JSON.parse(process.env.STORE);

/** What a page can try; each says how it ended. Runs in the page. */
async function attempts({ endpoints, bucket }) {
  const ends = {};
  const read = (name, url, options) =>
    fetch(url, options).then(
      async (answer) => (ends[name] = `${answer.type} ${answer.status} ${await answer.text()}`),
      () => (ends[name] = "refused"),
    );
  const loaded = (name, element, attributes) =>
    new Promise((resolve) => {
      Object.assign(element, attributes);
      element.onload = () => resolve((ends[name] = element.contentDocument?.body.textContent ?? "loaded"));
      element.onerror = () => resolve((ends[name] = "refused"));
      document.body.append(element);
    });
  for (const endpoint of endpoints) {
    const there = `${endpoint}/${bucket}/there.txt`;
    const evil = `${endpoint}/${bucket}/evil.txt`;
    const text = { "Content-Type": "text/plain" };
    const signed = "AWS4-HMAC-SHA256 Credential=AKIA/20250101/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=00";
    const query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A&X-Amz-Expires=9&X-Amz-Signature=00";
    await Promise.all([
      read(`GET ${endpoint}`, there),
      read(`GET with cookies ${endpoint}`, there, { credentials: "include" }),
      read(`GET without CORS ${endpoint}`, there, { mode: "no-cors" }),
      read(`GET of the listing ${endpoint}`, `${endpoint}/${bucket}?list-type=2`),
      read(`GET with a made-up signature ${endpoint}`, there, { headers: { Authorization: signed } }),
      read(`GET of a made-up link ${endpoint}`, `${there}?${query}`),
      read(`HEAD ${endpoint}`, there, { method: "HEAD" }),
      read(`PUT ${endpoint}`, evil, { method: "PUT", body: "evil" }),
      read(`DELETE ${endpoint}`, there, { method: "DELETE" }),
      read(`POST ${endpoint}`, evil, { method: "POST", body: "evil", headers: text }),
      read(`POST without CORS ${endpoint}`, evil, { method: "POST", mode: "no-cors", body: "evil", headers: text }),
      read(`POST of a bulk delete ${endpoint}`, `${endpoint}/${bucket}?delete`, {
        method: "POST",
        mode: "no-cors",
        body: "<Delete><Object><Key>there.txt</Key></Object></Delete>",
      }),
      read(`POST of an upload ${endpoint}`, `${evil}?uploads`, { method: "POST", mode: "no-cors" }),
      loaded(`img ${endpoint}`, document.createElement("img"), { src: there }),
      loaded(`script ${endpoint}`, document.createElement("script"), { src: there }),
    ]);
    const frame = document.createElement("iframe");
    frame.name = `frame${Object.keys(ends).length}`;
    document.body.append(frame);
    const form = document.createElement("form");
    const types = { method: "POST", enctype: "multipart/form-data", action: `${endpoint}/${bucket}`, target: frame.name };
    Object.assign(form, types);
    form.innerHTML = '<input name="key" value="evil.txt"><input name="file" value="evil">';
    document.body.append(form);
    const answered = new Promise((resolve) => (frame.onload = resolve));
    form.submit();
    await answered;
    ends[`form ${endpoint}`] = frame.contentDocument === null ? "refused" : frame.contentDocument.body.textContent;
  }
  return ends;
}

describe("the embedded store and a page", () => {
  let browser, server, page, answers;
  const port = new URL(STORE.endpoint).port;
  const endpoints = [STORE.endpoint, `http://localhost:${port}`, `http://rebound.localhost:${port}`];

  before(async () => {
    browser = await launch();
    server = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end("<body></body>"));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    page = await browser.newPage();
    answers = [];
    page.on("response", (answer) => {
      if (new URL(answer.url()).port === port) {
        answers.push({ asked: `${answer.request().method()} ${answer.url()}`, status: answer.status(), headers: answer.headers() });
      }
    });
  });

  after(async () => {
    await browser?.close();
    server?.close();
  });

  test("of another origin: it reads nothing, and nothing that it asks for is done", async () => {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const ends = await page.evaluate(attempts, { endpoints, bucket: STORE.bucket });
    assert.equal(Object.keys(ends).length, 16 * endpoints.length);
    for (const [name, end] of Object.entries(ends)) {
      assert.match(end, /^(refused|opaque 0 )$/, name);
    }
    // What the browser itself withholds from the page it does not tell us of either.
    assert.ok(answers.length >= 5 * endpoints.length, `only these came to the store: ${answers.map(({ asked }) => asked).join(", ")}`);
    for (const { asked, status, headers } of answers) {
      assert.ok(status >= 400 && status < 500, `${asked} is answered with ${status}`);
      assert.equal(headers["access-control-allow-origin"], undefined, asked);
    }
  });

  test("of its own origin: what is not signed is refused as well", async () => {
    for (const endpoint of endpoints) {
      const shown = await page.goto(`${endpoint}/${STORE.bucket}/there.txt`);
      assert.equal(shown.status(), 403);
      const ends = await page.evaluate(
        (urls) => Promise.all(urls.map(([url, method]) => fetch(url, { method }).then((answer) => answer.status))),
        [
          [`${endpoint}/`, "GET"],
          [`${endpoint}/${STORE.bucket}?list-type=2`, "GET"],
          [`${endpoint}/${STORE.bucket}/evil.txt`, "PUT"],
          [`${endpoint}/${STORE.bucket}/there.txt`, "DELETE"],
        ],
      );
      assert.deepEqual(ends, [403, 403, 403, 403]);
    }
  });
});
