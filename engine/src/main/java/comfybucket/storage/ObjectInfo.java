package comfybucket.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One version of an object without its bytes.
 *
 * @param size of the whole object in bytes, also when a range of it was asked for
 * @param lastModified by the store's clock, in whole seconds
 * @param contentType as the store has it
 * @param contentEncoding of the stored bytes, which are handed out as they are, never decoded
 * @param metadata the user's metadata, names in lower case without {@code x-amz-meta-}
 * @param versionId where the bucket keeps versions
 * @param checksum the store's checksum of the whole object, where it has one
 */
public record ObjectInfo(
        ObjectKey key,
        long size,
        ETag etag,
        Instant lastModified,
        Optional<String> contentType,
        Optional<String> contentEncoding,
        Map<String, String> metadata,
        Optional<String> versionId,
        Optional<Checksum> checksum) {
    public ObjectInfo {
        if (size < 0) {
            throw new IllegalArgumentException("Negative size: " + size);
        }
        metadata = Map.copyOf(metadata);
    }

    /** The same with another checksum, or without. */
    public ObjectInfo withChecksum(Optional<Checksum> another) {
        return new ObjectInfo(
                key, size, etag, lastModified, contentType, contentEncoding, metadata, versionId, another);
    }

    public ObjectSummary summary() {
        return new ObjectSummary(key, size, etag, lastModified);
    }
}
