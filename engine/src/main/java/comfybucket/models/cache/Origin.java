package comfybucket.models.cache;

import comfybucket.checksum.Digests;
import comfybucket.connect.Bucket;
import comfybucket.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Where a model comes from, whichever profile leads there.
 *
 * @param endpoint of the store, or the folder of a Local one
 * @param key the full name in the bucket
 */
record Origin(String endpoint, String bucket, String key) {
    static Origin of(Bucket bucket, ObjectKey key) {
        return new Origin(bucket.profile().endpointName(), bucket.keys().bucket(), key.value());
    }

    /** What follows the last {@code /} of the key. */
    String fileName() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Eight hex digits that tell it from others. */
    String mark() {
        byte[] hash =
                Digests.sha256().digest(String.join("\n", endpoint, bucket, key).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 4);
    }
}
