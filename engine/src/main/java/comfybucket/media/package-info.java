/** Pixels to PNG and WebP files, and the workflow inside PNG, WebP and JPEG files where ComfyUI looks for it. */
package comfybucket.media;
