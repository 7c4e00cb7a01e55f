package comfybucket.media.cache;

import comfybucket.connect.Bucket;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a version of an object lies in the cache: a folder for each object, named by a hash of store, bucket and key, and
 * in it a file for each version, named by a hash of ETag, size and time, which listings tell as well as HEAD. So nothing
 * of one store, bucket or key is ever taken for another's, and no name of an object becomes the name of a file.
 */
final class Slot {
    private static final int HASH_BYTES = 16;

    /** Some readers look at a file's ending before they look into it. */
    private static final Pattern ENDING = Pattern.compile("[a-z0-9]{1,8}");

    /** The folder for all versions of an object. */
    static Path folder(Path root, Bucket bucket, ObjectKey key) {
        return root.resolve(hash(bucket.profile().endpointName(), bucket.keys().bucket(), key.value()));
    }

    /** The file for this one. */
    static Path file(Path root, Bucket bucket, ObjectSummary version) {
        // Listings give milliseconds where HEAD gives seconds.
        String name = hash(
                version.etag().value(),
                Long.toString(version.size()),
                Long.toString(version.lastModified().getEpochSecond()));
        return folder(root, bucket, version.key()).resolve(name + ending(version.key()));
    }

    private static String ending(ObjectKey key) {
        String ending = key.value().substring(key.value().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDING.matcher(ending).matches() ? "." + ending : "";
    }

    /** Each text goes in with its length, so that no two lists of texts are the same bytes. */
    private static String hash(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private Slot() {}
}
