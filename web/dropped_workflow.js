// Opens the workflow of a file that is dropped on the canvas or opened from the menu, for the types that ComfyUI's page
// cannot read (JPEG, Matroska) or not always (MP3, Opus). All others, and files without a workflow, go on to the page.

import { app } from "/scripts/app.js";
import { textsInJpeg } from "./workflow_in_jpeg.js";
import { textsInMkv } from "./workflow_in_mkv.js";
import { textsInMp3 } from "./workflow_in_mp3.js";
import { textsInOgg } from "./workflow_in_ogg.js";

/**
 * By the ending of the file's name, since not every system knows the type of each.
 *
 * @type {Record<string, (file: Blob) => Promise<Record<string, string>>>}
 */
const READERS = {
  jpg: textsInJpeg,
  jpeg: textsInJpeg,
  mkv: textsInMkv,
  mp3: textsInMp3,
  ogg: textsInOgg,
  opus: textsInOgg,
};

app.registerExtension({
  name: "CloudStorage.DroppedWorkflow",

  async setup() {
    const handleFile = app.handleFile;
    if (typeof handleFile !== "function") return;
    app.handleFile = async function (/** @type {File} */ file, /** @type {unknown[]} */ ...others) {
      if (!(await open(file))) return handleFile.call(this, file, ...others);
    };
  },
});

/**
 * Whether the file held something to open.
 *
 * @param {File} file
 */
async function open(file) {
  try {
    const [, name, ending] = file.name.match(/^(.*)\.([^.]*)$/s) ?? [];
    const texts = (await READERS[ending?.toLowerCase()]?.(file)) ?? {};
    if (texts.workflow) await app.loadGraphData(JSON.parse(texts.workflow), true, true, name);
    else if (texts.prompt) await app.loadApiJson(JSON.parse(texts.prompt), name);
    else return false;
    return true;
  } catch (unreadable) {
    console.warn("Cloud storage: the workflow in the file cannot be read.", unreadable);
    return false;
  }
}
