package comfybucket.store.disk;

import java.time.Instant;

/**
 * One object of a listing.
 *
 * @param size bytes
 * @param etag without quotes
 */
public record ListedObject(String key, long size, Instant modified, String etag, String storageClass) {}
