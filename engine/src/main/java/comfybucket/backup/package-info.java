/** Sends what appears in ComfyUI's output folder to the buckets of the profiles that say so. */
package comfybucket.backup;
