package comfybucket.transfer;

import comfybucket.storage.ByteRange;
import comfybucket.storage.Part;

/**
 * A file or an object cut into pieces of one size, except the last.
 *
 * @param size of the whole in bytes, at least 1
 * @param length of a piece in bytes
 */
record Parts(long size, long length) {
    private static final long MEGABYTE = 1 << 20;

    /** Small enough to be sent again without regret, large enough that the time between two requests does not matter. */
    private static final long USUAL = 16 * MEGABYTE;

    /** What does not exceed this is moved by one request. */
    static final long WHOLE = 2 * USUAL;

    Parts {
        if (size < 1 || length < 1) {
            throw new IllegalArgumentException("Not to be cut: " + size + " bytes into " + length);
        }
    }

    /** Grows the pieces where S3's limit of {@value Part#MAX_NUMBER} would be exceeded. */
    static Parts of(long size) {
        long least = Math.ceilDiv(size, Part.MAX_NUMBER);
        return new Parts(size, Math.max(USUAL, Math.ceilDiv(least, MEGABYTE) * MEGABYTE));
    }

    int count() {
        return Math.toIntExact(Math.ceilDiv(size, length));
    }

    /** @param index from 0 */
    ByteRange range(int index) {
        long offset = index * length;
        return new ByteRange(offset, Math.min(length, size - offset));
    }
}
