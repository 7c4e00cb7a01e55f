package comfybucket.store.s3;

import java.util.Map;

/** A request that is answered with one of S3's errors. */
final class S3Exception extends RuntimeException {
    private final int status;
    private final String code;
    private final transient Map<String, String> details;

    S3Exception(int status, String code, String message, Map<String, String> details) {
        super(message, null, false, false); // an answer, not an accident: nobody reads its stack
        this.status = status;
        this.code = code;
        this.details = details;
    }

    S3Exception(ErrorCode code) {
        this(code, code.message());
    }

    S3Exception(ErrorCode code, String message) {
        this(code.status(), code.name(), message, Map.of());
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** Further elements of the error document. */
    Map<String, String> details() {
        return details;
    }
}
