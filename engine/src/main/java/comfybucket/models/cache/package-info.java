/** Models from buckets in ComfyUI's model folders: downloaded once, known again, never mixed up, within a budget. */
package comfybucket.models.cache;
