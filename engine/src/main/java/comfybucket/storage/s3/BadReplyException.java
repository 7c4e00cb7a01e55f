package comfybucket.storage.s3;

/** The store answered with success, and with something that S3 never answers. */
final class BadReplyException extends RuntimeException {
    BadReplyException(String reason) {
        super(reason);
    }

    BadReplyException(String reason, Throwable cause) {
        super(reason, cause);
    }

    static <T> T require(T value, String name) {
        if (value == null) {
            throw new BadReplyException("there is no " + name + " in it");
        }
        return value;
    }
}
