package comfybucket.http;

import java.io.IOException;

/** A proxy does not let us through. */
public final class TunnelRefusedException extends IOException {
    private final int status;

    TunnelRefusedException(int status) {
        super("The proxy answers CONNECT with status " + status);
        this.status = status;
    }

    /** The proxy's answer. */
    public int status() {
        return status;
    }
}
