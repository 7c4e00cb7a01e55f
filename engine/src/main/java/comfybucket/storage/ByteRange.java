package comfybucket.storage;

/**
 * A piece of an object.
 *
 * @param offset of its first byte, from 0
 * @param length in bytes, at least 1
 */
public record ByteRange(long offset, long length) {
    public ByteRange {
        if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("Not a range: " + length + " bytes at " + offset);
        }
    }

    /** The offset of the last byte. */
    public long last() {
        return offset + length - 1;
    }
}
