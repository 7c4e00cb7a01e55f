package comfybucket.storage;

import java.time.Instant;

/**
 * What a listing says about an object.
 *
 * @param size in bytes
 * @param lastModified by the store's clock; S3 gives whole seconds or milliseconds
 */
public record ObjectSummary(ObjectKey key, long size, ETag etag, Instant lastModified) {
    public ObjectSummary {
        if (size < 0) {
            throw new IllegalArgumentException("Negative size: " + size);
        }
    }
}
