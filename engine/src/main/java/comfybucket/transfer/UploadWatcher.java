package comfybucket.transfer;

import comfybucket.error.CloudException;
import comfybucket.storage.MultipartUpload;
import java.util.Optional;

/**
 * Hears how an upload goes: how far it is, and when the store holds an unfinished upload in parts that somebody has to
 * end should this process die. Called by any thread; an exception ends the upload.
 */
@FunctionalInterface
public interface UploadWatcher {
    /** So many more bytes have arrived. */
    void moved(long bytes);

    /** So many bytes are about to be read for a hash, before the first of them is sent. */
    default void hashes(long bytes) {}

    /** So many more of them were read. */
    default void hashed(long bytes) {}

    /**
     * An upload in parts of the same bytes, begun by an earlier try. It is gone on with, when it is for the same key and
     * the store still has it.
     */
    default Optional<MultipartUpload> unfinished() {
        return Optional.empty();
    }

    /** Whether an upload in parts that fails so stays with the store for a later try; else it is aborted. */
    default boolean goesOnAfter(CloudException failure) {
        return false;
    }

    /** The store is about to be asked for an upload in parts. */
    default void begins() {}

    /** The store has begun one; nothing of it was sent yet. */
    default void begun(MultipartUpload upload) {}

    /** It is completed or aborted. */
    default void ended() {}
}
