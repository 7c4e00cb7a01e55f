package comfybucket.checksum;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The CRCs that stores keep of objects, under the names that S3 gives them. */
public enum Crc {
    CRC32(0xEDB88320L, Integer.BYTES),
    CRC32C(0x82F63B78L, Integer.BYTES),
    CRC64NVME(Crc64Nvme.REFLECTED_POLYNOMIAL, Long.BYTES);

    private final long polynomial;
    private final int length;

    Crc(long reflectedPolynomial, int length) {
        this.polynomial = reflectedPolynomial;
        this.length = length;
    }

    public Checksum start() {
        return switch (this) {
            case CRC32 -> new CRC32();
            case CRC32C -> new CRC32C();
            case CRC64NVME -> new Crc64Nvme();
        };
    }

    /** The value's bytes, the highest first. */
    public byte[] bytes(long value) {
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        return Arrays.copyOfRange(all, Long.BYTES - length, Long.BYTES);
    }

    /** As S3 writes a value: base 64, the highest byte first. */
    public String text(long value) {
        return Base64.getEncoder().encodeToString(bytes(value));
    }

    /**
     * The CRC of two pieces in a row, from the CRCs of each and without their bytes: to append n bytes is to multiply
     * by x^(8n) modulo the polynomial, as zlib's {@code crc32_combine} does.
     *
     * @param length of the second piece in bytes
     */
    public long combine(long first, long second, long length) {
        long factor = one() >>> 8; // x^8
        long shift = one();
        for (long left = length; left > 0; left >>>= 1) {
            if ((left & 1) == 1) {
                shift = multiply(shift, factor);
            }
            factor = multiply(factor, factor);
        }
        return multiply(shift, first) ^ second;
    }

    /** x^0: the highest bit, because the lowest powers come first. */
    private long one() {
        return 1L << (Byte.SIZE * length - 1);
    }

    private long multiply(long a, long b) {
        long product = 0;
        long shifted = b;
        for (long bit = one(); bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial;
        }
        return product;
    }
}
