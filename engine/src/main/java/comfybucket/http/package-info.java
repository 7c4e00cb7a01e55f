/**
 * HTTP/1.1 for stores: few hosts, many large bodies both ways, over connections that stay open. It does what it is told
 * once: it follows no redirect, keeps no cookie, unpacks nothing, waits for no {@code 100 Continue}. The one thing that it
 * does twice is a request that may be repeated, on a kept connection that ended without a byte of an answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
package comfybucket.http;
