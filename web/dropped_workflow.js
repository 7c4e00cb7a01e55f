// Opens the workflow of a JPEG or Matroska file that is dropped on the canvas or opened from the menu. ComfyUI's page
// does that itself for the other types; files without a workflow of ours go on to it.

import { app } from "/scripts/app.js";
import { textsInJpeg } from "./workflow_in_jpeg.js";
import { textsInMkv } from "./workflow_in_mkv.js";

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
    const texts = await textsOf(file);
    const name = file.name.replace(/\.[^.]*$/, "");
    if (texts.workflow) await app.loadGraphData(JSON.parse(texts.workflow), true, true, name);
    else if (texts.prompt) await app.loadApiJson(JSON.parse(texts.prompt), name);
    else return false;
    return true;
  } catch (unreadable) {
    console.warn("Cloud storage: the workflow in the file cannot be read.", unreadable);
    return false;
  }
}

/** @param {File} file */
async function textsOf(file) {
  if (file?.type === "image/jpeg") return textsInJpeg(file);
  if (file?.type === "video/x-matroska" || file?.name?.toLowerCase().endsWith(".mkv")) return textsInMkv(file);
  return {};
}
