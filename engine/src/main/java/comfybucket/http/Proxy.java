package comfybucket.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An HTTP proxy: asked for a tunnel where TLS is spoken, and for the whole address where it is not.
 *
 * @param authorization the value of Proxy-Authorization
 */
public record Proxy(Origin origin, Optional<String> authorization) {
    /** The scheme Basic of RFC 7617. */
    public static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Override
    public String toString() {
        return "Proxy[" + origin + "]";
    }
}
