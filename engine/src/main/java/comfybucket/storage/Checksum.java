package comfybucket.storage;

/**
 * A checksum of an object, as its store keeps it.
 *
 * @param value in base 64, big-endian, as S3 writes it
 * @param parts 0 when it was computed over all bytes; else over the checksums of so many parts, one after another, in
 *     which the object was uploaded
 */
public record Checksum(Algorithm algorithm, String value, int parts) {
    /** In the order in which they are preferred. */
    public enum Algorithm {
        CRC32,
        CRC32C,
        CRC64NVME,
        SHA256,
        MD5
    }

    public Checksum {
        if (value.isEmpty() || parts < 0) {
            throw new IllegalArgumentException("Not a checksum: '" + value + "' of " + parts + " parts");
        }
    }

    /** Of all bytes. */
    public Checksum(Algorithm algorithm, String value) {
        this(algorithm, value, 0);
    }

    /** Whether it can be compared with what is computed over all bytes. */
    public boolean isWhole() {
        return parts == 0;
    }
}
