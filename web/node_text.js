// Shows on each cloud node the lines that its last run had to say: addresses, links, what was listed or found.

import { app } from "/scripts/app.js";

const WIDGET = "cloud_storage_text";
const PROGRESS_WIDGET = "$$node-text-preview"; // the page's own, with the last progress that was told
const LINE_HEIGHT = 16;
const AROUND_LINES = 40; // margins of the widget, and a scroll bar for a long line
const MOST_LINES = 8;

app.registerExtension({
  name: "CloudStorage.NodeText",

  async beforeRegisterNodeDef(nodeType, nodeData) {
    if (!/^cloud_storage(\/|$)/.test(nodeData.category ?? "")) return;
    const onExecuted = nodeType.prototype.onExecuted;
    nodeType.prototype.onExecuted = function (/** @type {{ text?: unknown } | undefined} */ output) {
      onExecuted?.call(this, output);
      removeProgress(this);
      if (Array.isArray(output?.text)) showLines(this, output.text.map(String));
    };
  },
});

/**
 * @param {import("/scripts/app.js").Node} node
 * @param {string[]} lines
 */
function showLines(node, lines) {
  let widget = node.widgets?.find((candidate) => candidate.name === WIDGET);
  if (!widget) {
    // Frontends older than those that we support may have no such widgets; the nodes work all the same.
    if (lines.length === 0 || typeof node.addDOMWidget !== "function") return;
    widget = addWidget(node);
  }
  widget.value = lines.join("\n");
  growToFit(node);
  node.setDirtyCanvas?.(true, true);
}

/**
 * The page leaves the last line that it heard, as if the node were still at it.
 *
 * @param {import("/scripts/app.js").Node} node
 */
function removeProgress(node) {
  const at = node.widgets?.findIndex((widget) => widget.name === PROGRESS_WIDGET) ?? -1;
  if (!node.widgets || at < 0) return;
  const [progress] = node.widgets.splice(at, 1);
  progress.onRemove?.();
  // The node grew for it.
  const height = (node.size?.[1] ?? 0) - (progress.computedHeight ?? 0);
  const needed = node.computeSize?.();
  if (needed && node.size) node.setSize?.([node.size[0], Math.max(height, needed[1])]);
}

/** @param {import("/scripts/app.js").Node} node */
function growToFit(node) {
  const needed = node.computeSize?.();
  if (needed && node.size && node.setSize && node.size[1] < needed[1]) node.setSize([node.size[0], needed[1]]);
}

/**
 * A read-only text below the node's own widgets. It is saved neither in the workflow nor in the prompt, so that both
 * stay what they are without us.
 *
 * @param {import("/scripts/app.js").Node} node
 */
function addWidget(node) {
  const text = document.createElement("textarea");
  text.readOnly = true;
  text.wrap = "off";
  text.className = "comfy-multiline-input";
  text.setAttribute("aria-label", "Result");
  const height = () => Math.min(text.value.split("\n").length, MOST_LINES) * LINE_HEIGHT + AROUND_LINES;
  const widget = node.addDOMWidget(WIDGET, WIDGET, text, {
    serialize: false,
    getValue: () => text.value,
    setValue: (value) => {
      text.value = value;
    },
    getMinHeight: height,
  });
  widget.serialize = false;
  return widget;
}
