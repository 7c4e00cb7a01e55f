package comfybucket.store.sign;

import java.util.Map;

/** A request that is not signed as it has to be. */
public final class DeniedException extends Exception {
    private final int status;
    private final String code;
    private final transient Map<String, String> details;

    DeniedException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    DeniedException(int status, String code, String message, Map<String, String> details) {
        super(message);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** S3's error code. */
    public String code() {
        return code;
    }

    /** Further elements of the error document. */
    public Map<String, String> details() {
        return details;
    }
}
