package comfybucket.storage;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.Map;

/**
 * The full name of an object in its bucket, any {@code path_prefix} included. What S3 can store: 1 to 1,024 bytes of
 * UTF-8. Everything else in a name ({@code ..}, a leading {@code /}, a line break) is an ordinary character to S3, and
 * to us; what becomes of it in a file system is decided where a file is made.
 *
 * <p>The order is S3's, by UTF-8 bytes, which differs from {@link String#compareTo} beyond the basic plane.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming Amazon S3 objects</a>
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
    /**
     * @throws CloudException {@link Problem#KEY_EMPTY} or {@link Problem#KEY_NOT_STORABLE}
     */
    public ObjectKey {
        if (value.isEmpty()) {
            throw new CloudException(Problem.KEY_EMPTY, Map.of());
        }
        KeyText.check(value);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return KeyText.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
