// Files that our save nodes made, dropped on the canvas of ComfyUI's real page, give their workflow back.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { after, before, describe, test } from "node:test";

import { drop, launch, openPage, VERSIONS } from "./chromium.js";

/** Made by scripts/saved_files.py: `with.*` hold the workflow, `without.*` were saved with embed_workflow off. */
const FOLDER = process.env.SAVED_FILES;

const TYPES = {
  ".flac": "audio/flac",
  ".jpg": "image/jpeg",
  ".mkv": "video/x-matroska",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".opus": "audio/ogg",
  ".png": "image/png",
  ".webm": "video/webm",
  ".webp": "image/webp",
};

/** The title of a node in the workflow that the files hold. */
const MARK = "Kept in the file: ü ✓";

const files = readdirSync(FOLDER).sort();
const read = (name) => ({ name, type: TYPES[extname(name)], bytes: readFileSync(join(FOLDER, name)) });
const titles = (page) => page.evaluate(() => window.app.graph.nodes.map((node) => node.title));

for (const version of VERSIONS) {
  describe(`frontend ${version}`, () => {
    let browser, opened;
    before(async () => {
      browser = await launch();
      opened = await openPage(browser, version);
    });
    after(async () => {
      await opened?.close();
      await browser?.close();
    });

    for (const name of files.filter((name) => name.startsWith("with."))) {
      test(`${name} opens its workflow`, async () => {
        await opened.page.evaluate(() => window.app.graph.clear());
        await drop(opened.page, read(name));
        await opened.page.waitForFunction(
          (mark) => window.app.graph.nodes.some((node) => node.title === mark),
          MARK,
          { timeout: 20_000 },
        );
      });
    }

    for (const name of files.filter((name) => name.startsWith("without."))) {
      test(`${name} holds none`, async () => {
        await opened.page.evaluate(() => window.app.graph.clear());
        await drop(opened.page, read(name));
        await opened.page.waitForTimeout(500);
        assert.ok(!(await titles(opened.page)).includes(MARK));
      });
    }
  });
}
