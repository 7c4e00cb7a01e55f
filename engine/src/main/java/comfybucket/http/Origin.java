package comfybucket.http;

import java.util.regex.Pattern;

/**
 * Where a server is.
 *
 * @param secure whether it is spoken to over TLS
 * @param host a name or an address; IPv6 in brackets
 * @param port above 0
 */
public record Origin(boolean secure, String host, int port) {
    private static final Pattern HOST = Pattern.compile("\\[[0-9A-Za-z:.%]+]|[0-9A-Za-z._~-]+");

    public Origin {
        if (!HOST.matcher(host).matches() || port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("Not a server's address: " + host + ":" + port);
        }
    }

    /** As the Host header has it: without a port that goes without saying. */
    String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }

    /** As its certificate has it. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
