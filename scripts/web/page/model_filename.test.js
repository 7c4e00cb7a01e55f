// A downloaded model's file name is linked into the file inputs of ComfyUI's loaders, in ComfyUI's real page: by hand, and
// in workflows that were saved when its type was STRING alone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openPage, VERSIONS } from "./chromium.js";

/** As the pack that this one replaces saved it: the link and both its ends say STRING. */
const SAVED_AS_STRING = {
  last_node_id: 2,
  last_link_id: 1,
  nodes: [
    {
      id: 1,
      type: "LoadModelFromCloud",
      pos: [100, 100],
      size: [400, 180],
      flags: {},
      order: 0,
      mode: 0,
      inputs: [{ name: "profile", type: "S3_PROFILE", link: null }],
      outputs: [{ name: "model_filename", type: "STRING", links: [1], slot_index: 0 }],
      properties: {},
      widgets_values: ["loras", "models/style.safetensors", false],
    },
    {
      id: 2,
      type: "CheckpointLoaderSimple",
      pos: [560, 100],
      size: [380, 100],
      flags: {},
      order: 1,
      mode: 0,
      inputs: [{ name: "ckpt_name", type: "STRING", link: 1, widget: { name: "ckpt_name" } }],
      outputs: [
        { name: "MODEL", type: "MODEL", links: null },
        { name: "CLIP", type: "CLIP", links: null },
        { name: "VAE", type: "VAE", links: null },
      ],
      properties: {},
      widgets_values: [""],
    },
  ],
  links: [[1, 1, 0, 2, 0, "STRING"]],
  groups: [],
  config: {},
  extra: {},
  version: 0.4,
};

const prompt = (page) => page.evaluate(async () => (await window.app.graphToPrompt()).output);

/** Adds nodes beside each other and gives their ids. */
const add = (page, ...types) =>
  page.evaluate((types) => {
    window.app.graph.clear();
    return types.map((type, index) => {
      const node = window.LiteGraph.createNode(type);
      node.pos = [80 + 480 * index, 150];
      window.app.graph.add(node);
      return node.id;
    });
  }, types);

const connect = (page, from, to, input) =>
  page.evaluate(
    ([from, to, name]) => {
      const target = window.app.graph.getNodeById(to);
      const link = window.app.graph
        .getNodeById(from)
        .connect(0, target, target.inputs.findIndex((input) => input.name === name));
      return Boolean(link);
    },
    [from, to, input],
  );

/** Where a slot is on the screen. */
const place = (page, id, isInput, name) =>
  page.evaluate(
    async ([id, isInput, name]) => {
      window.app.canvas.draw(true, true);
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const node = window.app.graph.getNodeById(id);
      const slots = isInput ? node.inputs : node.outputs;
      const [x, y] = node.getConnectionPos(isInput, slots.findIndex((slot) => slot.name === name));
      const { scale, offset } = window.app.canvas.ds;
      const box = window.app.canvas.canvas.getBoundingClientRect();
      return { x: box.left + (x + offset[0]) * scale, y: box.top + (y + offset[1]) * scale };
    },
    [id, isInput, name],
  );

for (const version of VERSIONS) {
  describe(`frontend ${version}`, () => {
    let browser, opened, page;
    before(async () => {
      browser = await launch();
      opened = await openPage(browser, version);
      page = opened.page;
    });
    after(async () => {
      await opened?.close();
      await browser?.close();
    });

    test("a link saved as STRING is still there, and is what runs", async () => {
      await page.evaluate((workflow) => window.app.loadGraphData(workflow), SAVED_AS_STRING);
      await page.waitForFunction(() => window.app.graph.nodes.length === 2);
      const { 1: download, 2: loader } = await prompt(page);
      assert.deepEqual(loader.inputs.ckpt_name, ["1", 0]);
      assert.equal(download.inputs.model_type, "loras");
      assert.equal(download.inputs.key, "models/style.safetensors");
      assert.equal(download.inputs.force_redownload, false);
      assert.equal(download.inputs.sha256, "");
    });

    test("what was saved can be linked anew, saved and opened again", async () => {
      const again = await page.evaluate(async () => {
        const [from, to] = window.app.graph.nodes.toSorted((one, other) => one.id - other.id);
        to.disconnectInput(0);
        from.connect(0, to, 0);
        const { workflow } = await window.app.graphToPrompt();
        await window.app.loadGraphData(JSON.parse(JSON.stringify(workflow)));
        return workflow.links.length;
      });
      assert.equal(again, 1);
      assert.deepEqual((await prompt(page))[2].inputs.ckpt_name, ["1", 0]);
    });

    for (const [loader, input] of [
      ["CheckpointLoaderSimple", "ckpt_name"],
      ["LoraLoaderModelOnly", "lora_name"],
      ["UNETLoader", "unet_name"],
      ["UpscaleModelLoader", "model_name"],
      ["VAELoader", "vae_name"],
    ]) {
      test(`it links into ${loader}`, async () => {
        const [from, to] = await add(page, "LoadModelFromCloud", loader);
        assert.equal(await connect(page, from, to, input), true);
        assert.deepEqual((await prompt(page))[to].inputs[input], [String(from), 0]);
      });
    }

    test("a link is drawn with the mouse", async () => {
      const [from, to] = await add(page, "LoadModelFromCloud", "CheckpointLoaderSimple");
      const start = await place(page, from, false, "model_filename");
      const end = await place(page, to, true, "ckpt_name");
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
      await page.mouse.move(end.x, end.y, { steps: 5 });
      await page.mouse.up();
      assert.deepEqual((await prompt(page))[to].inputs.ckpt_name, [String(from), 0]);
    });

    test("it reads as a text, and is nothing else", async () => {
      const [from, text, list, other] = await add(
        page,
        "LoadModelFromCloud",
        "ListBucketContents",
        "PreviewAny",
        "LoraLoaderModelOnly",
      );
      assert.equal(await connect(page, from, text, "prefix"), true);
      assert.equal(await connect(page, from, list, "source"), true);
      assert.equal(await connect(page, from, other, "model"), false);
    });
  });
}
