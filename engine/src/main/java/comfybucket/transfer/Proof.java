package comfybucket.transfer;

import comfybucket.checksum.Crc;
import comfybucket.storage.Checksum;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.PutOptions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an object's bytes are compared with when all have arrived. */
sealed interface Proof {
    Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Nothing was noted when they were stored. */
    record None() implements Proof {}

    /** The store's CRC, which comes from those of the pieces without reading a byte again. */
    record OfPieces(Crc crc, Checksum noted) implements Proof {
        boolean holds(Arrivals arrivals) {
            CrcOfPieces pieces = new CrcOfPieces(crc, arrivals);
            return noted.value().equals(crc.text(noted.isWhole() ? pieces.ofAll() : pieces.ofParts()));
        }
    }

    /**
     * A hash of all bytes.
     *
     * @param noted in hex, as we note it, or in base 64, as S3 does
     */
    record OfBytes(DigestKind kind, String noted) implements Proof {
        boolean holds(byte[] digest) {
            return noted.equals(HexFormat.of().formatHex(digest))
                    || noted.equals(Base64.getEncoder().encodeToString(digest));
        }
    }

    /**
     * The store's CRC where it has one, else our SHA-256, else another hash of the store's, which may be its ETag.
     *
     * @param partsAreKnown whether it is known where the parts began in which the object was uploaded
     */
    static Proof of(ObjectInfo object, boolean partsAreKnown) {
        if (object.contentEncoding().isPresent()) {
            // Some stores undo it, and then the bytes are not those that were stored.
            return new None();
        }
        Optional<Checksum> stores = object.checksum().filter(checksum -> checksum.isWhole() || partsAreKnown);
        Optional<Crc> crc = stores.flatMap(Proof::crc);
        if (crc.isPresent()) {
            return new OfPieces(crc.get(), stores.get());
        }
        return Optional.ofNullable(object.metadata().get(PutOptions.SHA256))
                .filter(hash -> SHA256.matcher(hash).matches())
                .<Proof>map(hash -> new OfBytes(DigestKind.SHA256, hash))
                .or(() -> stores.filter(Checksum::isWhole)
                        .map(checksum -> new OfBytes(
                                DigestKind.valueOf(checksum.algorithm().name()), checksum.value())))
                .orElseGet(None::new);
    }

    /** The CRC that the store keeps of the object, of whatever. */
    static Optional<Crc> crc(ObjectInfo object) {
        return object.checksum().flatMap(Proof::crc);
    }

    private static Optional<Crc> crc(Checksum checksum) {
        return switch (checksum.algorithm()) {
            case CRC32 -> Optional.of(Crc.CRC32);
            case CRC32C -> Optional.of(Crc.CRC32C);
            case CRC64NVME -> Optional.of(Crc.CRC64NVME);
            case SHA256, MD5 -> Optional.empty();
        };
    }
}
