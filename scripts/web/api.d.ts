// What ComfyUI's page offers to packs in /scripts/api.js, as far as web/ uses it.

export const api: { addEventListener(event: string, listener: (event: { detail: any }) => void): void };
