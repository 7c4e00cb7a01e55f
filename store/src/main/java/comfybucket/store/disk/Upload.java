package comfybucket.store.disk;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A multipart upload that has begun.
 *
 * @param template headers and tags of the object that it will be; its ETag, checksum and parts mean nothing
 * @param checksum the checksum that was announced: its algorithm and type, its value is ""
 */
public record Upload(
        String id,
        String bucket,
        String key,
        Instant begun,
        ObjectMeta template,
        Optional<ObjectMeta.Checksum> checksum) {
    /** The order of keys in listings. */
    public static final Comparator<String> ORDER = Utf8Order.INSTANCE;
}
