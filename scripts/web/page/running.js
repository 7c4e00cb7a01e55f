// The page that a running ComfyUI serves, with the packs that it has, in a real Chromium.

import { launch } from "./chromium.js";

const READY_WITHIN = 120_000;

/** No dialog of a first use, no warning of models that are not there, no map: nothing that lies over the nodes. */
const SETTINGS = {
  "Comfy.TutorialCompleted": true,
  "Comfy.Workflow.ShowMissingModelsWarning": false,
  "Comfy.Minimap.Visible": false,
};

/**
 * Opens the page of the ComfyUI at that address for as long as `use` takes.
 *
 * @template T
 * @param {string} url
 * @param {(page: import("playwright-core").Page) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withPage(url, use) {
  await fetch(`${url}/settings`, { method: "POST", body: JSON.stringify(SETTINGS) });
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    await page.route(
      (asked) => asked.origin !== url,
      (route) => route.abort(),
    );
    await page.goto(url);
    await page.waitForFunction(() => window.app?.graph?.nodes.length > 0, null, { timeout: READY_WITHIN }); // its own example
    return await use(page);
  } finally {
    await browser.close();
  }
}

/**
 * Opens a workflow as a user does who drops its file on the canvas.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} name
 * @param {object} workflow
 */
export async function open(page, name, workflow) {
  await page.evaluate(([name, workflow]) => window.app.loadGraphData(workflow, true, true, name), [name, workflow]);
  await page.waitForFunction((count) => window.app.graph.nodes.length === count, workflow.nodes.length);
}
