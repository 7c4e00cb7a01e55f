/**
 * A small HTTP/1.1 server on blocking sockets and virtual threads. It knows nothing of S3: it turns bytes into
 * {@link comfybucket.store.http.Request}s and {@link comfybucket.store.http.Response}s into bytes.
 */
package comfybucket.store.http;
