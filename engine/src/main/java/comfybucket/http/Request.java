package comfybucket.http;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What a server is asked.
 *
 * @param target path and query, encoded
 * @param headers all but those that say how long the body is; Host only if it is another one than the origin's
 * @param repeatable whether it does no harm, and is answered no other, if the server gets it twice
 */
public record Request(
        String method, Origin origin, String target, List<Header> headers, Optional<Body> body, boolean repeatable) {
    private static final Pattern METHOD = Pattern.compile("[A-Z]+");
    private static final Pattern TARGET = Pattern.compile("/[!-~]*");

    public Request {
        headers = List.copyOf(headers);
        if (!METHOD.matcher(method).matches() || !TARGET.matcher(target).matches()) {
            throw new IllegalArgumentException("Not a request: " + method + " " + target);
        }
        if (headers.stream()
                .anyMatch(header -> header.isNamed("Content-Length") || header.isNamed("Transfer-Encoding"))) {
            throw new IllegalArgumentException("The body says how long it is");
        }
    }

    /**
     * Bytes to send.
     *
     * @param length how many; more are not sent, less fail the request
     * @param bytes opens them, anew each time
     */
    public record Body(long length, Supplier<InputStream> bytes) {
        public static final Body EMPTY = new Body(0, InputStream::nullInputStream);

        public Body {
            if (length < 0) {
                throw new IllegalArgumentException("A body of " + length + " bytes");
            }
        }
    }
}
