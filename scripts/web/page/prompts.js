// Turns workflows as the page stores them into prompts, as the page of a running ComfyUI does:
// node prompts.js <url> takes {name: workflow} on its standard input and prints {name: prompt}.

import { readFileSync } from "node:fs";

import { open, withPage } from "./running.js";

const workflows = JSON.parse(readFileSync(0, "utf8"));
const prompts = await withPage(process.argv[2], async (page) => {
  /** @type {Record<string, unknown>} */
  const made = {};
  for (const [name, workflow] of Object.entries(workflows)) {
    await open(page, name, workflow);
    made[name] = await page.evaluate(async () => (await window.app.graphToPrompt()).output);
  }
  return made;
});
process.stdout.write(JSON.stringify(prompts));
