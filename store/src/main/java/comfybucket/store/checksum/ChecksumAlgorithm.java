package comfybucket.store.checksum;

import comfybucket.store.checksum.Hasher.OfChecksum;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The algorithms of <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">
 * S3's additional checksums</a>, under the names that its API uses.
 */
public enum ChecksumAlgorithm {
    CRC32,
    CRC32C,
    CRC64NVME,
    SHA1,
    SHA256;

    /** The algorithm of that name in any case, as the API writes it. */
    public static Optional<ChecksumAlgorithm> named(String name) {
        for (ChecksumAlgorithm algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Such as {@code x-amz-checksum-crc32}. */
    public String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    /** Bytes of a value. */
    public int length() {
        return switch (this) {
            case CRC32, CRC32C -> 4;
            case CRC64NVME -> 8;
            case SHA1 -> 20;
            case SHA256 -> 32;
        };
    }

    public Hasher start() {
        return switch (this) {
            case CRC32 -> new OfChecksum(new CRC32(), length());
            case CRC32C -> new OfChecksum(new CRC32C(), length());
            case CRC64NVME -> new OfChecksum(new Crc64Nvme(), length());
            case SHA1 -> Hasher.sha1();
            case SHA256 -> Hasher.sha256();
        };
    }

    /** How the values of two pieces make that of both; empty for hashes, where nothing does. */
    public Optional<CrcCombination> combination() {
        return switch (this) {
            case CRC32 -> Optional.of(CrcCombination.CRC32);
            case CRC32C -> Optional.of(CrcCombination.CRC32C);
            case CRC64NVME -> Optional.of(CrcCombination.CRC64NVME);
            case SHA1, SHA256 -> Optional.empty();
        };
    }
}
