package comfybucket.profile;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/** What can be said about an address without asking the network. */
final class Endpoints {
    private Endpoints() {}

    static boolean isPlainHttp(URI endpoint) {
        return endpoint.getScheme().equalsIgnoreCase("http");
    }

    /** Whether nobody but this machine is on the way: {@code localhost} (RFC 6761) or a loopback address. */
    static boolean isLoopback(URI endpoint) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
