package comfybucket.storage;

import java.time.Instant;

/**
 * The store's name for one version of an object's bytes, without the quotes around it. Opaque: equal means the same
 * version, and it is not taken for a hash (multipart, encrypted and R2 objects have ETags that are none), except by the
 * adapter of stores that are known to make it of one.
 */
public record ETag(String value) {
    /** No store makes ETags that begin like this. */
    private static final String STAND_IN = "~none-";

    public ETag {
        if (value.isEmpty() || value.indexOf('"') >= 0) {
            throw new IllegalArgumentException("Not an unquoted ETag: " + value);
        }
    }

    /**
     * For an object whose store gives no ETag, as gateways to a folder do for files that were put into it by hand. Two
     * versions of one size and one second are not told apart.
     *
     * @param size in bytes
     * @param lastModified by the store's clock; HEAD gives whole seconds where listings may give more
     */
    public static ETag standIn(long size, Instant lastModified) {
        return new ETag(STAND_IN + size + "-" + lastModified.getEpochSecond());
    }

    /** Whether it is ours, so that the store does not know it and cannot be asked for it. */
    public boolean isStandIn() {
        return value.startsWith(STAND_IN);
    }

    @Override
    public String toString() {
        return value;
    }
}
