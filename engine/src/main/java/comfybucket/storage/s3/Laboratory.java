package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A place in the bucket for experiments, which is empty again afterwards: {@code .comfy-bucket-probe/} under the
 * profile's prefix.
 */
final class Laboratory implements AutoCloseable {
    private static final String FOLDER = ".comfy-bucket-probe/";
    private static final Pattern OWN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.+");
    private static final byte[] CONTENT =
            "Written by comfy-bucket to find out what this store can do; it removes it again.\n"
                    .getBytes(StandardCharsets.UTF_8);

    private final S3Store careful;
    private final S3Store bold;
    private final String folder;
    private final String own;
    private final List<ObjectKey> written = new ArrayList<>();
    private final List<MultipartUpload> begun = new ArrayList<>();

    /**
     * @param careful the store with all quirks that it may have
     * @param bold the store without the quirk that is in question
     */
    Laboratory(S3Store careful, S3Store bold, KeyPrefix ground) {
        this.careful = careful;
        this.bold = bold;
        this.folder = folder(ground).value();
        this.own = folder + UUID.randomUUID() + "/";
    }

    /** Where all laboratories on the same ground are. */
    static KeyPrefix folder(KeyPrefix ground) {
        return new KeyPrefix(ground.value() + FOLDER);
    }

    /** Whether a laboratory, this or another one, gave this key. */
    static boolean wrote(KeyPrefix ground, ObjectKey key) {
        KeyPrefix folder = folder(ground);
        return folder.contains(key)
                && OWN.matcher(key.value().substring(folder.value().length())).matches();
    }

    /** The store, taken to be able to do what is in question. */
    S3Store store() {
        return bold;
    }

    /** What nobody else writes to; removed in the end. */
    ObjectKey key(String name) {
        ObjectKey key = new ObjectKey(own + name);
        written.add(key);
        return key;
    }

    /** Everything that {@link #key} gives begins with it. */
    KeyPrefix keys() {
        return new KeyPrefix(own);
    }

    /** Given up in the end, if it has not ended before. */
    MultipartUpload begun(MultipartUpload upload) {
        begun.add(upload);
        return upload;
    }

    static Payload content() {
        return Payload.of(CONTENT);
    }

    /**
     * Makes sure that what is written can be removed, with an object that always has the same name: so somebody without
     * the right to delete finds one small object in the end, and not ever more.
     *
     * @throws CloudException when an object cannot be written or not be removed
     */
    void requireUsable() {
        ObjectKey first = new ObjectKey(folder + "may-be-deleted");
        careful.put(first, content(), PutOptions.REPLACE);
        careful.delete(first);
    }

    /** Also on an interrupted thread, where every request would end at once. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            begun.forEach(careful.multipart()::abort);
            written.forEach(careful::delete);
        } catch (CloudException left) {
            // A store that fails now has removed an object of ours before; what is left is small and says what it is.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
