package comfybucket.storage;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Bytes to be stored. They can be read more than once, because an upload is tried again after a failure, and must not
 * change until the upload has ended.
 */
public interface Payload {
    /** How many bytes {@link #open} gives. */
    long length();

    /** The bytes from the first one on; the caller closes the stream. */
    InputStream open() throws IOException;

    /** Lower-case hex of the SHA-256 of the bytes, where it is known already; else whoever sends them computes it. */
    default Optional<String> sha256() {
        return Optional.empty();
    }

    /** The array itself, not a copy of it. */
    static Payload of(byte[] bytes) {
        return of(MemorySegment.ofArray(bytes));
    }

    /** Memory that stays valid until the upload has ended: an array, or a piece of a mapped file. */
    static Payload of(MemorySegment segment) {
        return new MemoryPayload(segment);
    }

    /**
     * A piece of a file; a file that turns out to end earlier fails the upload.
     *
     * @param offset of the first byte
     * @param length in bytes
     */
    static Payload of(Path file, long offset, long length) {
        return new FilePayload(file, offset, length);
    }
}
