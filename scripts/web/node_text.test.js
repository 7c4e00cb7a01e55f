import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { extensions, Node } from "./comfyui.js";

await import("../../web/node_text.js");

let SaveNode;

beforeEach(async () => {
  SaveNode = class extends Node {};
  await extensions[0].beforeRegisterNodeDef(SaveNode, { name: "SaveImageToCloud", category: "cloud_storage/save" });
});

function shown(node) {
  return node.widgets.find((widget) => widget.name === "cloud_storage_text")?.value;
}

test("the lines of a run are shown, and replaced by the next", () => {
  const node = new SaveNode();
  node.onExecuted({ text: ["s3://bucket/a.png", "url: https://x"] });
  assert.equal(shown(node), "s3://bucket/a.png\nurl: https://x");
  node.onExecuted({ text: ["s3://bucket/b.png"] });
  assert.equal(shown(node), "s3://bucket/b.png");
  assert.equal(node.widgets.length, 2);
});

test("the node grows to show the lines, and never shrinks or changes its width", () => {
  const node = new SaveNode();
  node.onExecuted({ text: ["a", "b", "c"] });
  const grown = node.size;
  assert.deepEqual(grown, [300, node.computeSize()[1]]);
  assert.ok(grown[1] > 60);
  node.onExecuted({ text: ["a"] });
  assert.deepEqual(node.size, grown);
});

test("the last line of the progress goes when the result is there, and the room that it took", () => {
  const node = new SaveNode();
  const before = node.size[1];
  let removed = 0;
  node.widgets.push({ name: "$$node-text-preview", value: "9 MB of 49 MB", computedHeight: 70, onRemove: () => removed++ });
  node.size = [300, 400];
  node.onExecuted({ images: [] });
  assert.deepEqual(node.widgets.map((widget) => widget.name), ["filename"]);
  assert.equal(removed, 1);
  assert.deepEqual(node.size, [300, Math.max(before, 330)]);
});

test("a long list does not make a long node", () => {
  const node = new SaveNode();
  node.onExecuted({ text: Array(1000).fill("key") });
  assert.ok(node.size[1] < 300);
});

test("workflow and prompt stay what they are without us", () => {
  const node = new SaveNode();
  node.onExecuted({ text: ["a"] });
  assert.deepEqual(node.stored(), ["x"]);
  assert.deepEqual(node.sent(), ["filename"]);
});

test("what a node did before when it was executed, it still does", async () => {
  const heard = [];
  class Other extends Node {
    onExecuted(output) {
      heard.push(output);
    }
  }
  await extensions[0].beforeRegisterNodeDef(Other, { name: "X", category: "cloud_storage" });
  new Other().onExecuted({ text: ["a"] });
  assert.deepEqual(heard, [{ text: ["a"] }]);
});

test("nodes of other packs are left alone", async () => {
  for (const category of ["image", "cloud_storage_of_others", undefined]) {
    class Foreign extends Node {}
    await extensions[0].beforeRegisterNodeDef(Foreign, { name: "X", category });
    assert.equal(Foreign.prototype.onExecuted, undefined);
  }
});

test("nothing to say, or a page without such widgets, is no error", () => {
  const node = new SaveNode();
  for (const output of [undefined, {}, { text: [] }, { text: "x" }, { images: [] }]) node.onExecuted(output);
  assert.equal(node.widgets.length, 1);
  const old = new SaveNode();
  old.addDOMWidget = undefined;
  old.onExecuted({ text: ["a"] });
  assert.equal(old.widgets.length, 1);
});
