package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.Checksum;
import comfybucket.storage.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

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
                .map(checksum -> of(checksum, uri))
                .or(() -> ours.map(hash -> sha256(hash, HexFormat.of()::formatHex, uri)))
                .orElseGet(Verification::none);
    }

    private static Verification of(Checksum checksum, String uri) {
        return switch (checksum.algorithm()) {
            case CRC64NVME -> crc(new Crc64Nvme(), Long.BYTES, checksum.value(), uri);
            case CRC32C -> crc(new CRC32C(), Integer.BYTES, checksum.value(), uri);
            case CRC32 -> crc(new CRC32(), Integer.BYTES, checksum.value(), uri);
            case SHA256 -> sha256(checksum.value(), Base64.getEncoder()::encodeToString, uri);
        };
    }

    private static Verification sha256(String expected, Function<byte[], String> text, String uri) {
        MessageDigest digest = BodyHash.newDigest();
        return new Verification(digest::update, () -> text.apply(digest.digest()), expected, uri);
    }

    private static Verification crc(java.util.zip.Checksum crc, int width, String expected, String uri) {
        Supplier<String> text = () -> {
            byte[] value =
                    ByteBuffer.allocate(Long.BYTES).putLong(crc.getValue()).array();
            byte[] significant = Arrays.copyOfRange(value, Long.BYTES - width, Long.BYTES);
            return Base64.getEncoder().encodeToString(significant);
        };
        return new Verification(crc::update, text, expected, uri);
    }

    /** All the bytes at once. */
    void read(InputStream bytes) throws IOException {
        byte[] buffer = new byte[1 << 18];
        for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
            update(buffer, 0, count);
        }
        finish();
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
