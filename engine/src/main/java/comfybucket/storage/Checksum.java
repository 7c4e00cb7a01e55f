package comfybucket.storage;

/**
 * A checksum of all bytes of one object.
 *
 * @param value in base 64, big-endian, as S3 writes it
 */
public record Checksum(Algorithm algorithm, String value) {
    /** The ones that stores compute over whole objects, multipart uploads included. */
    public enum Algorithm {
        CRC32,
        CRC32C,
        CRC64NVME,
        SHA256
    }

    public Checksum {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("Empty checksum");
        }
    }
}
