import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { api, app, extensions, toasts } from "./comfyui.js";

await import("../../web/notices.js");
await extensions[0].setup();

beforeEach(() => {
  toasts.length = 0;
});

function say(detail) {
  api.dispatchEvent(new CustomEvent("comfy-bucket.notice", { detail }));
}

test("a notice becomes a toast that goes by itself", () => {
  say({ severity: "success", summary: "Uploads done", detail: "3 files are in the bucket." });
  assert.deepEqual(toasts, [
    { severity: "success", summary: "Cloud storage: Uploads done", detail: "3 files are in the bucket.", life: 8000 },
  ]);
});

test("an error stays until it is closed", () => {
  say({ severity: "error", summary: "Upload failed", detail: "Access denied" });
  assert.equal(toasts[0].severity, "error");
  assert.equal("life" in toasts[0], false);
});

test("what is not a notice shows nothing that is not text", () => {
  say(undefined);
  assert.equal(toasts.length, 0);
  say({ severity: { toString: () => "error" }, detail: 7 });
  say({ severity: "shout", summary: "x" });
  assert.deepEqual(
    toasts.map((toast) => [toast.severity, toast.summary, toast.detail]),
    [
      ["error", "Cloud storage: ", "7"],
      ["info", "Cloud storage: x", ""],
    ],
  );
});

test("a page without toasts is no error", () => {
  const kept = app.extensionManager;
  app.extensionManager = undefined;
  say({ severity: "info", summary: "x", detail: "y" });
  app.extensionManager = kept;
  assert.equal(toasts.length, 0);
});
