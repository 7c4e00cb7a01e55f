// As much of ComfyUI's page as web/ uses.

/** @type {any[]} */
export const extensions = [];

/** @type {any[]} */
export const toasts = [];

export const api = new EventTarget();

export const app = {
  /** @type {any} */
  extensionManager: { toast: { add: (/** @type {any} */ toast) => toasts.push(toast) } },

  /** @param {any} extension */
  registerExtension(extension) {
    extensions.push(extension);
  },
};

globalThis.document = /** @type {any} */ ({
  createElement: () => ({ value: "", attributes: {}, setAttribute() {} }),
});

/** A node of the page, as LiteGraph and the widget store behave. */
export class Node {
  widgets = [{ name: "filename", value: "x" }];
  size = [300, 60];

  addDOMWidget(name, type, element, options) {
    const widget = { name, type, element, options };
    Object.defineProperty(widget, "value", { get: options.getValue, set: options.setValue });
    this.widgets.push(widget);
    return widget;
  }

  computeSize() {
    return [100, this.widgets.reduce((sum, widget) => sum + (widget.options?.getMinHeight() ?? 20), 0)];
  }

  setSize(size) {
    this.size = size;
  }

  /** What is stored in the workflow, by LiteGraph's rule. */
  stored() {
    return this.widgets.filter((widget) => widget.serialize !== false).map((widget) => widget.value);
  }

  /** What is sent with the prompt, by the page's rule. */
  sent() {
    return this.widgets.filter((widget) => widget.options?.serialize !== false).map((widget) => widget.name);
  }
}
