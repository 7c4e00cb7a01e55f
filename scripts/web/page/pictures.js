// Takes a picture of each workflow after a run, in the page of a running ComfyUI:
// node pictures.js <url> <folder of the workflows, for the pictures too> <name>…

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { open, withPage } from "./running.js";

const MARGIN = 24;
const TITLE = 34; // above a node's position
const BESIDE = { left: 80, top: 140 }; // what of the page lies over the canvas
const RUN_WITHIN = 300_000;
/** What a machine without a graphics card gets done; the pictures show it. */
const SMALL = { EmptyLatentImage: { width: 256, height: 256 }, KSampler: { steps: 4 } };
const DRAWN = 2500; // previews are loaded, a player shows its first frame

const [url, folder, ...names] = process.argv.slice(2);

const makeSmall = (page) =>
  page.evaluate((small) => {
    for (const node of window.app.graph.nodes)
      for (const [name, value] of Object.entries(small[node.type] ?? {}))
        node.widgets.find((widget) => widget.name === name).value = value;
  }, SMALL);

/** Queues what is open and waits for its end. */
const run = (page) =>
  page.evaluate(
    (limit) =>
      new Promise((done, failed) => {
        const api = window.comfyAPI.api.api;
        api.addEventListener("execution_success", () => done(undefined), { once: true });
        api.addEventListener("execution_error", (event) => failed(new Error(event.detail.exception_message)), {
          once: true,
        });
        setTimeout(() => failed(new Error("It did not end")), limit);
        window.app.queuePrompt(0, 1);
      }),
    RUN_WITHIN,
  );

/** Where the nodes lie on the canvas, their titles with them. */
const bounds = (page) =>
  page.evaluate((title) => {
    const boxes = window.app.graph.nodes.map(({ pos, size }) => [pos[0], pos[1] - title, pos[0] + size[0], pos[1] + size[1]]);
    const edge = (index, most) => boxes.map((box) => box[index]).reduce((one, other) => most(one, other));
    return [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
  }, TITLE);

/** Shows the nodes at their own size, and says where they are on the screen. */
async function show(page) {
  await page.waitForTimeout(DRAWN);
  const [left, top, right, bottom] = await bounds(page);
  const width = Math.ceil(right - left + 2 * MARGIN);
  const height = Math.ceil(bottom - top + 2 * MARGIN);
  await page.setViewportSize({ width: width + 2 * BESIDE.left, height: height + 2 * BESIDE.top });
  await page.evaluate(
    ([x, y, beside]) => {
      const { canvas, ds } = window.app.canvas;
      const box = canvas.getBoundingClientRect();
      ds.scale = 1;
      ds.offset = [beside.left - box.left - x, beside.top - box.top - y];
      window.app.canvas.deselectAll?.();
      window.app.canvas.setDirty(true, true);
    },
    [left - MARGIN, top - MARGIN, BESIDE],
  );
  await page.mouse.move(0, 0);
  await page.waitForTimeout(DRAWN);
  return { x: BESIDE.left, y: BESIDE.top, width, height };
}

await withPage(url, async (page) => {
  for (const name of names) {
    await open(page, name, JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")));
    await makeSmall(page);
    await show(page); // players are drawn for the size at which they appear
    await run(page);
    const clip = await show(page);
    await page.screenshot({ path: join(folder, `${name}.jpg`), type: "jpeg", quality: 82, clip });
    console.log(name);
  }
});
