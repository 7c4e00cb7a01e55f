package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.storage.ObjectKey;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpResponse;

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

    /** @throws BadReplyException also where it says nothing */
    static String requireText(String value, String name) {
        return require(value == null || value.isEmpty() ? null : value, name);
    }

    /** What has nothing to say but that it is done; a body with it tells of an error, whatever the status. */
    static SdkHttpResponse requireSilent(SdkHttpResponse answer) {
        boolean empty = answer.firstMatchingHeader("Content-Length").orElse("0").equals("0");
        if (answer.statusCode() != 204 && !empty) {
            throw new BadReplyException("there is a text in it where none belongs");
        }
        return answer;
    }

    /** An answer whose names the SDK decodes, and fails to when their percent signs make no sense. */
    static <T> T decoded(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (IllegalArgumentException e) {
            throw new BadReplyException("its names are encoded wrongly", e);
        }
    }

    /** What an answer says as a value, which refuses numbers that make no sense. */
    static <T> T sensible(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new BadReplyException("there is a number in it that makes no sense", e);
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
