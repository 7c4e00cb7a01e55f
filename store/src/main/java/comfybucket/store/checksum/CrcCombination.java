package comfybucket.store.checksum;

/**
 * Computes the CRC of two pieces in a row from the CRCs of each, without their bytes, as zlib's {@code crc32_combine}
 * does: appending n bytes multiplies the first CRC by x^(8n) modulo the polynomial.
 *
 * @param polynomial lowest power first, without the highest
 * @param width bits
 */
public record CrcCombination(long polynomial, int width) {
    static final CrcCombination CRC32 = new CrcCombination(0xEDB88320L, 32);
    static final CrcCombination CRC32C = new CrcCombination(0x82F63B78L, 32);
    static final CrcCombination CRC64NVME = new CrcCombination(Crc64Nvme.POLYNOMIAL, 64);

    /**
     * The CRC of both pieces.
     *
     * @param length bytes of the second piece
     */
    public long combine(long first, long second, long length) {
        long power = 1L << (width - 1); // x^0: the highest bit is the lowest power
        long factor = multiply(power >>> 4, power >>> 4); // x^8
        for (long left = length; left > 0; left >>>= 1) {
            if ((left & 1) == 1) {
                power = multiply(power, factor);
            }
            factor = multiply(factor, factor);
        }
        return multiply(power, first) ^ second;
    }

    private long multiply(long a, long b) {
        long product = 0;
        long shifted = b;
        for (long bit = 1L << (width - 1); bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ polynomial;
        }
        return product;
    }
}
