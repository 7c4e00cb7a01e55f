// The definitions of the nodes as ComfyUI's /object_info gives them: ours from the contract, and of ComfyUI's own nodes
// the few that our examples and tests link to, and the loaders without which the page draws no loader at all (inputs and
// outputs as in v0.3.64).

import { readFileSync } from "node:fs";

const contract = JSON.parse(readFileSync(new URL("../../../pack/nodes.json", import.meta.url), "utf8"));

const CORE = [
  core("CheckpointLoaderSimple", { ckpt_name: [["model.safetensors"], {}] }, ["MODEL", "CLIP", "VAE"]),
  core("ControlNetLoader", { control_net_name: [["control.safetensors"], {}] }, ["CONTROL_NET"]),
  core("EmptyImage", { width: ["INT", { default: 512 }], height: ["INT", { default: 512 }], batch_size: ["INT", { default: 1 }], color: ["INT", { default: 0 }] }, ["IMAGE"]),
  core("GLIGENLoader", { gligen_name: [["gligen.safetensors"], {}] }, ["GLIGEN"]),
  core("ImageOnlyCheckpointLoader", { ckpt_name: [["model.safetensors"], {}] }, ["MODEL", "CLIP_VISION", "VAE"]),
  core("LoadImage", { image: [["example.png"], { image_upload: true }] }, ["IMAGE", "MASK"]),
  core("LoraLoader", { model: ["MODEL", {}], clip: ["CLIP", {}], lora_name: [["lora.safetensors"], {}], strength_model: ["FLOAT", { default: 1 }], strength_clip: ["FLOAT", { default: 1 }] }, ["MODEL", "CLIP"]),
  core("LoraLoaderModelOnly", { model: ["MODEL", {}], lora_name: [["lora.safetensors"], {}], strength_model: ["FLOAT", { default: 1 }] }, ["MODEL"]),
  core("PreviewImage", { images: ["IMAGE", {}] }, [], true),
  core("PreviewAny", { source: ["*", {}] }, [], true),
  core("StyleModelLoader", { style_model_name: [["style.safetensors"], {}] }, ["STYLE_MODEL"]),
  core("UNETLoader", { unet_name: [["unet.safetensors"], {}], weight_dtype: [["default", "fp8_e4m3fn"], {}] }, ["MODEL"]),
  core("UpscaleModelLoader", { model_name: ["COMBO", { options: ["upscale.pth"] }] }, ["UPSCALE_MODEL"]),
  core("VAELoader", { vae_name: [["vae.safetensors"], {}] }, ["VAE"]),
];

/** By the nodes' ids. */
export const objectInfo = Object.fromEntries([...contract.nodes.map(own), ...CORE].map((node) => [node.name, node]));

function own(node) {
  const inputs = (optional) => node.inputs.filter((input) => Boolean(input.optional) === optional);
  return {
    ...definition(node.id, group(inputs(false)), group(inputs(true)), node.outputs.map((output) => output.type)),
    output_is_list: node.outputs.map((output) => Boolean(output.list)),
    output_name: node.outputs.map((output) => output.name),
    display_name: node.name,
    description: node.description,
    category: node.category,
    output_node: node.output_node,
    python_module: "custom_nodes.comfyui-cloud-storage",
  };
}

function group(inputs) {
  return Object.fromEntries(
    inputs.map(({ id, type, optional: _, source: _source, ...settings }) => [id, [type, settings]]),
  );
}

function core(name, required, outputs, outputNode = false) {
  return { ...definition(name, required, {}, outputs), output_node: outputNode };
}

function definition(name, required, optional, outputs) {
  return {
    input: { required, optional },
    input_order: { required: Object.keys(required), optional: Object.keys(optional) },
    output: outputs,
    output_is_list: outputs.map(() => false),
    output_name: outputs,
    name,
    display_name: name,
    description: "",
    python_module: "nodes",
    category: "core",
    output_node: false,
  };
}
