package comfybucket.storage.s3;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** We do not connect there. A kind of {@link UnknownHostException}, because that is what a resolver may throw. */
final class RefusedAddressException extends UnknownHostException {
    /** Why not. */
    enum Reason {
        FORBIDDEN,
        PLAIN_HTTP
    }

    private final String host;
    private final InetAddress address;
    private final Reason reason;

    RefusedAddressException(String host, InetAddress address, Reason reason) {
        super(host + ": " + reason);
        this.host = host;
        this.address = address;
        this.reason = reason;
    }

    String host() {
        return host;
    }

    String address() {
        return address.getHostAddress();
    }

    Reason reason() {
        return reason;
    }
}
