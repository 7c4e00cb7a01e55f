// Lets the modules of web/ run in node: ComfyUI's own modules are replaced by the stand-in.

import { register } from "node:module";

const standIn = new URL("./comfyui.js", import.meta.url).href;
const hook = `export function resolve(name, context, next) {
  return ["/scripts/app.js", "/scripts/api.js"].includes(name) ? { url: ${JSON.stringify(standIn)}, shortCircuit: true } : next(name, context);
}
export async function load(url, context, next) {
  return next(url, url.includes("/web/") ? { ...context, format: "module" } : context);
}`;

register(`data:text/javascript,${encodeURIComponent(hook)}`);
