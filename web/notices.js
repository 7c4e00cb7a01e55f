// Shows what the engine did while nobody waited for it: uploads that wait, failed, or are done after all.

import { app } from "/scripts/app.js";
import { api } from "/scripts/api.js";

const EVENT = "comfy-bucket.notice";
const LIFE = 8000; // milliseconds; an error stays until it is closed

app.registerExtension({
  name: "CloudStorage.Notices",

  async setup() {
    api.addEventListener(EVENT, (event) => show(event.detail));
  },
});

/** @param {{ severity?: unknown, summary?: unknown, detail?: unknown } | undefined} notice */
function show(notice) {
  // Frontends older than those that we support may have no toasts; ComfyUI's log has every notice too.
  const toast = app.extensionManager?.toast;
  if (!notice || typeof toast?.add !== "function") return;
  const severity = ["info", "success", "warn", "error"].includes(String(notice.severity))
    ? String(notice.severity)
    : "info";
  toast.add({
    severity,
    summary: `Cloud storage: ${String(notice.summary ?? "")}`,
    detail: String(notice.detail ?? ""),
    ...(severity === "error" ? {} : { life: LIFE }),
  });
}
