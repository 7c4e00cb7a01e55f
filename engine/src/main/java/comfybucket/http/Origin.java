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

    /** By hand, since it is asked at the first request: how records are compared is put together at run time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Origin that && secure == that.secure && host.equals(that.host) && port == that.port;
    }

    @Override
    public int hashCode() {
        return (31 * host.hashCode() + port) * 2 + (secure ? 1 : 0);
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
