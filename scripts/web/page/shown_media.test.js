// What the save nodes have saved is shown and played on them, in ComfyUI's real page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { launch, openPage, VERSIONS } from "./chromium.js";

/** The folder with what the save nodes made: see dropped_workflow.test.js. */
const FOLDER = process.env.SAVED_FILES;

const place = (filename) => ({ filename, subfolder: "cloud_storage", type: "temp" });

for (const version of VERSIONS) {
  describe(`frontend ${version}`, () => {
    let browser, opened;
    before(async () => {
      browser = await launch();
      opened = await openPage(browser, version);
    });
    after(async () => {
      await opened?.close();
      await browser?.close();
    });

    /** Adds a node, and tells the page what it has put out. */
    async function run(type, output) {
      const added = await opened.page.evaluate((type) => {
        window.app.graph.clear();
        const node = window.LiteGraph.createNode(type);
        window.app.graph.add(node);
        return { id: String(node.id), stored: node.serialize().widgets_values };
      }, type);
      opened.send("executed", { node: added.id, display_node: added.id, prompt_id: "1", output });
      return added;
    }

    test("a sound plays on the node", async () => {
      const output = { text: ["s3://bucket/a.flac"], images: [], audio: [place("a.flac")] };
      const { stored } = await run("SaveAudioToCloud", output);
      await opened.page.waitForFunction(
        () =>
          window.app.graph.nodes[0].widgets.some(
            (widget) => widget.name === "audioUI" && widget.element?.src.includes("filename=a.flac"),
          ),
        null,
        { timeout: 20_000 },
      );
      const src = await opened.page.evaluate(
        () => window.app.graph.nodes[0].widgets.find((widget) => widget.name === "audioUI").element.src,
      );
      assert.match(src, /\/view\?/);
      assert.match(src, /type=temp/);
      assert.match(src, /subfolder=cloud_storage/);
      const own = ["comfyui/audio/", "ComfyUI_audio", "flac", "V0", false, 24, "(from profile)"];
      assert.deepEqual(stored.slice(0, own.length), own);
      const now = await opened.page.evaluate(() => window.app.graph.nodes[0].serialize().widgets_values);
      assert.deepEqual(now.slice(0, stored.length), stored);
    });

    test("a video plays on the node", async () => {
      // The page shows a video when it has some of it.
      const body = readFileSync(join(FOLDER, "with.webm"));
      await opened.page.route(/\/view\?/, (route) => route.fulfill({ body, contentType: "video/webm" }));
      await run("SaveVideoToCloud", { text: ["s3://bucket/b.webm"], images: [place("b.webm")], animated: [true] });
      await opened.page.waitForFunction(
        () => [...document.querySelectorAll("video")].some((video) => video.src.includes("filename=b.webm")),
        null,
        { timeout: 20_000 },
      );
    });
  });
}
