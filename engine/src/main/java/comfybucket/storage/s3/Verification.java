package comfybucket.storage.s3;

import comfybucket.checksum.Crc;
import comfybucket.checksum.Digests;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.Checksum;
import comfybucket.storage.ObjectInfo;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Compares all bytes of an object with what was noted when they were stored. */
final class Verification {
    private final Consumer<ByteBuffer> update;
    private final Supplier<String> computed;
    private final String expected;
    private final String uri;

    private Verification(Consumer<ByteBuffer> update, Supplier<String> computed, String expected, String uri) {
        this.update = update;
        this.computed = computed;
        this.expected = expected;
        this.uri = uri;
    }

    /** Of a part of an object, or one about which nothing is known. */
    static Verification none() {
        return new Verification(bytes -> {}, () -> "", "", "");
    }

    /**
     * By the store's own checksum of the whole object; else by the SHA-256 that we left with it. Not of bytes with a
     * Content-Encoding, which some stores undo.
     */
    static Verification of(ObjectInfo object, String uri) {
        if (object.contentEncoding().isPresent()) {
            return none();
        }
        Optional<String> ours = Optional.ofNullable(object.metadata().get(BodyHash.METADATA))
                .filter(hash -> hash.matches("[0-9a-f]{64}"));
        return object.checksum()
                .filter(Checksum::isWhole)
                .map(checksum -> of(checksum, uri))
                .or(() -> ours.map(hash -> digest(Digests.sha256(), hash, HexFormat.of()::formatHex, uri)))
                .orElseGet(Verification::none);
    }

    private static Verification of(Checksum checksum, String uri) {
        return switch (checksum.algorithm()) {
            case CRC64NVME -> crc(Crc.CRC64NVME, checksum.value(), uri);
            case CRC32C -> crc(Crc.CRC32C, checksum.value(), uri);
            case CRC32 -> crc(Crc.CRC32, checksum.value(), uri);
            case SHA256 -> digest(Digests.sha256(), checksum.value(), Base64.getEncoder()::encodeToString, uri);
            case MD5 -> digest(Digests.md5(), checksum.value(), Base64.getEncoder()::encodeToString, uri);
        };
    }

    private static Verification digest(
            MessageDigest digest, String expected, Function<byte[], String> text, String uri) {
        return new Verification(digest::update, () -> text.apply(digest.digest()), expected, uri);
    }

    private static Verification crc(Crc algorithm, String expected, String uri) {
        java.util.zip.Checksum crc = algorithm.start();
        return new Verification(crc::update, () -> algorithm.text(crc.getValue()), expected, uri);
    }

    void update(byte[] buffer, int offset, int length) {
        update.accept(ByteBuffer.wrap(buffer, offset, length));
    }

    /** @throws CloudException {@link Problem#CHECKSUM_MISMATCH} */
    void finish() {
        if (!computed.get().equals(expected)) {
            throw new CloudException(Problem.CHECKSUM_MISMATCH, Map.of("uri", uri));
        }
    }
}
