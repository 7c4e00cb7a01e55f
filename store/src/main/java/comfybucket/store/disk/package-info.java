/**
 * Buckets and objects as plain files: which file holds which key, what stands beside it, and how all of it changes
 * atomically while several processes serve one folder. Knows nothing of HTTP.
 */
package comfybucket.store.disk;
