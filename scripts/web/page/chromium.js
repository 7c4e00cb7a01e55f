// ComfyUI's real page in a real Chromium, with this pack's modules in it.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

import { serve } from "./server.js";

const FRONTENDS = fileURLToPath(new URL("../../../.build/frontends", import.meta.url));

/** The oldest frontend that the pack's modules are for, and a new one; scripts/set-up-page installs them. */
export const VERSIONS = ["1.27.10", "1.58.1"];

const BROWSERS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Nothing but the page talks to anybody, and the page to nobody but its server.
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** One browser for a test file; pages are its tabs. */
export async function launch() {
  const executablePath = BROWSERS.find((path) => path && existsSync(path));
  return chromium.launch({ executablePath, args: QUIET });
}

/**
 * ComfyUI's page of that version with an empty graph.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} version
 */
export async function openPage(browser, version) {
  const server = await serve(`${FRONTENDS}/${version}/comfyui_frontend_package/static`);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.route(
    (url) => url.origin !== server.url,
    (route) => route.abort(),
  );
  await page.goto(server.url);
  await page.waitForFunction(
    () => window.app?.graph && window.app.extensions?.some((extension) => extension.name === "CloudStorage.NodeText"),
    null,
    { timeout: 120_000 },
  );
  await page.waitForFunction(() => window.app.graph.nodes.length > 0, null, { timeout: 120_000 }); // its own example
  await page.evaluate(() => window.app.graph.clear());
  return { page, send: server.send, close: () => page.close().then(server.close) };
}

/**
 * Drops a file on the canvas as a user does with the mouse.
 *
 * @param {import("playwright-core").Page} page
 * @param {{ name: string, type: string, bytes: Buffer }} file
 */
export async function drop(page, { name, type, bytes }) {
  const transfer = await page.evaluateHandle(
    ([name, type, base64]) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type }));
      return transfer;
    },
    [name, type, bytes.toString("base64")],
  );
  await page.dispatchEvent("#graph-canvas", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("#graph-canvas", "drop", { dataTransfer: transfer });
}
