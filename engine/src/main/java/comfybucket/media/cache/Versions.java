package comfybucket.media.cache;

import comfybucket.connect.Bucket;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the versions of one object lie in the cache. A file's name is a hash of store, bucket and key, and a hash of ETag,
 * size and time, which listings tell as well as HEAD. So nothing of one store, bucket or key is ever taken for another's,
 * and no name of an object becomes the name of a file.
 *
 * @param folder one of 256, so that none has too many files
 * @param object what the names of all its versions begin with
 */
record Versions(Path folder, String object) {
    private static final int HASH_BYTES = 16;
    private static final Pattern FILE = Pattern.compile("[0-9a-f]{32}-[0-9a-f]{32}(\\.[a-z0-9]{1,8})?");

    /** Some readers look at a file's ending before they look into it. */
    private static final Pattern ENDING = Pattern.compile("[a-z0-9]{1,8}");

    static Versions of(Path root, Bucket bucket, ObjectKey key) {
        String object = hash(bucket.profile().endpointName(), bucket.keys().bucket(), key.value());
        return new Versions(root.resolve(object.substring(0, 2)), object);
    }

    /** Whether a file of any version is there, or the beginning of one. */
    boolean any() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, object + "-*")) {
            return found.iterator().hasNext();
        } catch (IOException none) {
            return false;
        }
    }

    /** The file for this one. */
    Path file(ObjectSummary version) {
        // Listings give milliseconds where HEAD gives seconds.
        String name = hash(
                version.etag().value(),
                Long.toString(version.size()),
                Long.toString(version.lastModified().getEpochSecond()));
        return folder.resolve(object + "-" + name + ending(version.key()));
    }

    /** Whether it is the whole file of some version, and not one that is or was being made. */
    static boolean isFile(Path file) {
        return FILE.matcher(file.getFileName().toString()).matches();
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
}
