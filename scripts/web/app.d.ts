// What ComfyUI's page offers to packs in /scripts/app.js, as far as web/ uses it.

export interface Widget {
  name: string;
  value: string;
  serialize?: boolean;
  /** In pixels, once it was drawn. */
  computedHeight?: number;
  onRemove?(): void;
}

export interface DomWidgetOptions {
  serialize: boolean;
  getValue(): string;
  setValue(value: string): void;
  getMinHeight(): number;
}

export interface Node {
  widgets?: Widget[];
  size?: ArrayLike<number>;
  computeSize?(): [number, number];
  setSize?(size: [number, number]): void;
  addDOMWidget(name: string, type: string, element: HTMLElement, options: DomWidgetOptions): Widget;
  setDirtyCanvas?(foreground: boolean, background: boolean): void;
  onExecuted?(output: { text?: unknown } | undefined): void;
}

export interface NodeType {
  prototype: Node;
}

/** A node's definition as the server sends it; inputs by name, each with its type first. */
export interface NodeData {
  name: string;
  category?: string;
  input?: { required?: Record<string, unknown[]>; optional?: Record<string, unknown[]> };
  output?: string[];
}

export interface Extension {
  name: string;
  setup?(): Promise<void>;
  beforeRegisterNodeDef?(nodeType: NodeType, nodeData: NodeData): Promise<void>;
}

export interface App {
  extensionManager?: { toast?: { add(toast: object): void } };
  registerExtension(extension: Extension): void;
  handleFile?(file: File, ...others: unknown[]): Promise<void>;
  loadGraphData(workflow: unknown, clean: boolean, restoreView: boolean, name: string): Promise<void>;
  loadApiJson(prompt: unknown, name: string): Promise<void> | void;
}

export const app: App;
