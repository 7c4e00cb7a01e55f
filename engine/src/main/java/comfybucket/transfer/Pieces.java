package comfybucket.transfer;

import comfybucket.storage.ByteRange;

/**
 * An object cut into pieces, each of which is fetched, checked and noted for itself.
 *
 * @param size of the object in bytes
 * @param segment what no piece reaches across, in bytes: the size of the parts in which the object was uploaded, or its
 *     own; at least 1
 * @param length of a piece in bytes, except the last of each segment; at least 1
 */
record Pieces(long size, long segment, long length) {
    /** So much is fetched again after a crash, by each connection; long enough that to note it costs nothing. */
    static final long USUAL = 2 << 20;

    Pieces {
        if (size < 0 || segment < 1 || length < 1) {
            throw new IllegalArgumentException("Not to be cut: " + size + " bytes, " + segment + ", " + length);
        }
    }

    static Pieces of(long size, long length) {
        return new Pieces(size, Math.max(1, size), length);
    }

    int count() {
        return Math.toIntExact(size / segment * inSegment() + Math.ceilDiv(size % segment, length));
    }

    /** @param index from 0 */
    ByteRange range(int index) {
        long start = index / inSegment() * segment;
        long within = index % inSegment() * length;
        long end = Math.min(size, start + segment);
        return new ByteRange(start + within, Math.min(length, end - start - within));
    }

    /** How many make a segment. */
    int inSegment() {
        return Math.toIntExact(Math.ceilDiv(segment, length));
    }
}
