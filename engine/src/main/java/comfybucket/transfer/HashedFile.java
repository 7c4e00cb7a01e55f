package comfybucket.transfer;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ByteRange;
import comfybucket.storage.Payload;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/**
 * A file with what it is checked by. What is sent of it is not hashed again, and is refused when the file was changed.
 *
 * @param shape of the file when it was hashed
 */
record HashedFile(Path path, FileShape shape, FileHashes hashes) {
    /**
     * Reads all of it.
     *
     * @param shape of the file as it is
     * @param read is told how many more bytes have been read
     * @throws CloudException {@link Problem#FILE_NOT_READABLE}
     * @throws CancellationException when this thread is interrupted
     */
    static HashedFile of(Path path, FileShape shape, LongConsumer read) {
        return new HashedFile(
                path,
                shape,
                isLarge(shape) ? FileHashes.of(path, Parts.of(shape.size()), read) : FileHashes.ofOne(path, read));
    }

    /** Whether a file goes in parts. */
    static boolean isLarge(FileShape shape) {
        return shape.size() > Parts.WHOLE;
    }

    boolean isLarge() {
        return isLarge(shape);
    }

    /** Lower-case hex. */
    String sha256() {
        return hashes.whole();
    }

    /** Of a large one. */
    Parts plan() {
        return Parts.of(shape.size());
    }

    /** Of one that is not large. */
    Payload whole() {
        return shape.size() == 0
                ? Payload.of(new byte[0])
                : new PartPayload(path, shape, new ByteRange(0, shape.size()), hashes.whole());
    }

    /** @param number from 1 */
    Payload part(int number) {
        return new PartPayload(
                path, shape, plan().range(number - 1), hashes.parts().get(number - 1));
    }

    boolean isUnchanged() {
        return shape.equals(FileShape.of(path));
    }
}
