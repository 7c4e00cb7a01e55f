// Plays on the save node what it has saved: the page's own player for sounds, which it gives only to its own nodes.

import { app } from "/scripts/app.js";

const NODES = ["SaveAudioToCloud"];

app.registerExtension({
  name: "CloudStorage.NodeSound",

  async beforeRegisterNodeDef(_nodeType, nodeData) {
    if (!NODES.includes(nodeData.name)) return;
    // The last of all, so that the values of saved workflows stay where they are; the page looks for this very name.
    const input = (nodeData.input ??= {});
    input.optional = { ...input.optional, audioUI: ["AUDIO_UI", {}] };
  },
});
