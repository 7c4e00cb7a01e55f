// Lets the file name of a downloaded model be linked into the file inputs of ComfyUI's loaders, which are lists, as well
// as into texts. The server says STRING, which is what it is, and accepts both links; the page compares the types' names.

import { app } from "/scripts/app.js";

app.registerExtension({
  name: "CloudStorage.ModelFilename",

  async beforeRegisterNodeDef(_nodeType, nodeData) {
    if (nodeData.name !== "LoadModelFromCloud") return;
    nodeData.output = nodeData.output?.map((type) => (type === "STRING" ? "STRING,COMBO" : type));
  },
});
