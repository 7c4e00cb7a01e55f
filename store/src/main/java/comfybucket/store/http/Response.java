package comfybucket.store.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One response. {@code Content-Length}, {@code Transfer-Encoding}, {@code Connection} and {@code Date} are the server's
 * own; a {@code Content-Length} given here counts only for a response to HEAD.
 *
 * @param headers values hold one char per byte (ISO 8859-1), without line breaks
 */
public record Response(int status, Map<String, String> headers, Body body) {
    public Response {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        Objects.requireNonNull(body);
    }

    public static Response of(int status) {
        return new Response(status, Map.of(), Body.NONE);
    }

    public Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    public Response with(Body newBody) {
        return new Response(status, headers, newBody);
    }
}
