package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.storage.ObjectKey;
import java.util.function.Supplier;

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

    /** An answer whose names the SDK decodes, and fails to when their percent signs make no sense. */
    static <T> T decoded(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (IllegalArgumentException e) {
            throw new BadReplyException("its names are encoded wrongly", e);
        }
    }

    static ObjectKey key(String name) {
        try {
            return new ObjectKey(require(name, "Key"));
        } catch (CloudException e) {
            throw new BadReplyException("there is a name in it that no object can have", e);
        }
    }
}
