import assert from "node:assert/strict";
import { test } from "node:test";

import { extensions } from "./comfyui.js";

const before = extensions.length;
await import("../../web/node_sound.js");
const extension = extensions[before];

test("the save node gets the page's player, after all of its own inputs", async () => {
  const input = { required: { audio: ["AUDIO"] }, optional: { quality: ["COMBO"], embed_workflow: ["BOOLEAN"] } };
  const nodeData = { name: "SaveAudioToCloud", category: "cloud_storage/save", input };
  await extension.beforeRegisterNodeDef(class {}, nodeData);
  assert.deepEqual(Object.keys(nodeData.input.required), ["audio"]);
  assert.deepEqual(Object.keys(nodeData.input.optional), ["quality", "embed_workflow", "audioUI"]);
  assert.deepEqual(nodeData.input.optional.audioUI, ["AUDIO_UI", {}]);
});

test("other nodes are left alone", async () => {
  for (const name of ["SaveAudio", "SaveImageToCloud", undefined]) {
    const nodeData = { name, input: { optional: {} } };
    await extension.beforeRegisterNodeDef(class {}, nodeData);
    assert.deepEqual(nodeData.input.optional, {});
  }
});
