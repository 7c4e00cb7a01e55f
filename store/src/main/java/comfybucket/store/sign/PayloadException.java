package comfybucket.store.sign;

import java.io.IOException;

/** A body that is not what was signed, or not in the form that was announced. */
public final class PayloadException extends IOException {
    private final String code;
    private final int status;

    PayloadException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** S3's error code. */
    public String code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
