package comfybucket.store.http;

import java.io.InputStream;
import java.util.Objects;

/**
 * One request as it came over the wire.
 *
 * @param method the method's name, upper case
 * @param path the path of the request target, percent-encoded as the client sent it, beginning with {@code /}
 * @param query what stands after the first {@code ?}, encoded as sent, "" when there is none
 * @param body the body without its transfer coding; reading it asks a client that waits with
 *     {@code Expect: 100-continue} to go on; ends with {@link java.io.EOFException} when the client stops early
 * @param length bytes of the body, or -1 when it came chunked and nobody knows
 */
public record Request(String method, String path, String query, Headers headers, InputStream body, long length) {
    public Request {
        Objects.requireNonNull(method);
        Objects.requireNonNull(query);
        Objects.requireNonNull(headers);
        Objects.requireNonNull(body);
        if (!path.startsWith("/") || length < -1) {
            throw new IllegalArgumentException("Not a request: " + path + ", " + length + " bytes");
        }
    }
}
