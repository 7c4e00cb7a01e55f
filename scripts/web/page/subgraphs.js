// Prints a workflow with models in subgraphs, as ComfyUI's real page saves it, beside the prompt that the page makes of it:
// node subgraphs.js <version of the frontend>. The engine's tests read both, and find the same models in them.

import { launch, openPage } from "./chromium.js";

const browser = await launch();
const { page, close } = await openPage(browser, process.argv[2]);
const made = await page.evaluate(async () => {
  const { graph } = window.app;
  const add = (type, x, values = {}) => {
    const node = window.LiteGraph.createNode(type);
    node.pos = [x, 100];
    graph.add(node);
    for (const widget of node.widgets ?? []) widget.value = values[widget.name] ?? widget.value;
    return node;
  };
  const slot = (node, name) => node.inputs.findIndex((input) => input.name === name);
  /** Gives a subgraph an input for the widget of a node in it, as who drags the widget's dot to the subgraph's edge. */
  const promote = (subgraph, node, name) => {
    const into = node.inputs[slot(node, name)];
    subgraph.addInput(name, into.type).connect(into, node);
  };
  const set = (node, values) => {
    for (const widget of node.widgets) widget.value = values[widget.name];
  };

  const profile = add("CloudStorageProfile", 100, { path_prefix: "team/" });
  const download = add("LoadModelFromCloud", 500, { model_type: "checkpoints", key: "models/inside.safetensors" });
  const loader = add("CheckpointLoaderSimple", 900);
  const lora = add("LoraLoader", 1300, { lora_name: "inside.safetensors" });
  const vae = add("VAELoader", 1700, { vae_name: "vae.safetensors" });
  profile.connect(0, download, slot(download, "profile"));
  download.connect(0, loader, slot(loader, "ckpt_name"));
  loader.connect(0, lora, slot(lora, "model"));
  loader.connect(1, lora, slot(lora, "clip"));

  const checkpoint = graph.convertToSubgraph(new Set([download, loader]));
  promote(checkpoint.subgraph, download, "key");
  set(checkpoint.node, { key: "models/chosen.safetensors" });
  const whole = graph.convertToSubgraph(new Set([checkpoint.node, lora, vae]));
  promote(whole.subgraph, whole.subgraph.nodes.find((node) => node.type === "LoraLoader"), "lora_name");
  set(whole.node, { lora_name: "chosen.safetensors" });
  const { workflow, output } = await window.app.graphToPrompt();
  return { workflow, prompt: output };
});
console.log(JSON.stringify(made, null, 1));
await close();
await browser.close();
