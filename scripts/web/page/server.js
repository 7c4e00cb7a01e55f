// What ComfyUI's server answers to its own page, as far as the page needs it to draw nodes: the frontend's files from
// their package, this pack's modules, and the definitions of the nodes. No prompt runs here.

import { createReadStream, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";

import { objectInfo } from "./object_info.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PACK = "comfyui-cloud-storage";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The answers that are the same each time, by path without `/api`. */
const ANSWERS = {
  "/embeddings": [],
  "/experiment/models": [],
  "/extensions": () => [...modules(join(ROOT, "web"))].map((path) => `/extensions/${PACK}/${path}`),
  "/features": {},
  "/history": { History: [] },
  "/i18n": {},
  "/internal/logs/raw": { entries: [], size: { cols: 80, rows: 24 } },
  "/object_info": objectInfo,
  "/queue": { queue_running: [], queue_pending: [] },
  "/prompt": { exec_info: { queue_remaining: 0 } },
  // No first-use dialogs, no tips, nothing that covers the canvas.
  "/settings": {
    "Comfy.TutorialCompleted": true,
    "Comfy.Workflow.ShowMissingModelsWarning": false,
    "Comfy.Workflow.ShowMissingNodesWarning": false,
  },
  "/system_stats": { system: { comfyui_version: "0.3.64", argv: [], os: "posix", python_version: "3.11" }, devices: [] },
  "/userdata": [],
  "/users": { storage: "server", migrated: true },
  "/workflow_templates": {},
};

/**
 * Serves until `close`.
 *
 * @param {string} frontend the folder with the frontend's index.html
 * @returns {Promise<{ url: string, send(event: string, data: unknown): void, close(): Promise<void> }>}
 */
export async function serve(frontend) {
  const server = createServer((request, response) => answer(frontend, request, response));
  const sockets = new WebSocketServer({ server, path: "/ws" });
  const send = (/** @type {string} */ type, /** @type {unknown} */ data) =>
    sockets.clients.forEach((socket) => socket.send(JSON.stringify({ type, data })));
  sockets.on("connection", () => send("status", { status: { exec_info: { queue_remaining: 0 } }, sid: "page-test" }));
  await new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(undefined)));
  const close = () =>
    new Promise((done) => {
      sockets.clients.forEach((socket) => socket.terminate());
      server.closeAllConnections();
      server.close(() => done(undefined));
    });
  return { url: `http://127.0.0.1:${server.address().port}`, send, close };
}

function answer(frontend, request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://page").pathname);
  const known = ANSWERS[path.replace(/^\/api/, "")];
  if (known !== undefined) return json(response, 200, typeof known === "function" ? known() : known);
  const own = path.match(/^\/extensions\/comfyui-cloud-storage\/(.*)$/);
  const file = own ? inside(join(ROOT, "web"), own[1]) : inside(frontend, path === "/" ? "index.html" : path);
  if (request.method !== "GET" || !file) return json(response, request.method === "GET" ? 404 : 200, {});
  response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}

function json(response, status, value) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(value));
}

function inside(folder, path) {
  const file = normalize(join(folder, path));
  return file.startsWith(normalize(folder + sep)) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

function* modules(folder, below = "") {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* modules(folder, path);
    else if (path.endsWith(".js")) yield path;
  }
}
