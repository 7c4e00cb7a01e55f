package comfybucket.checksum;

import java.util.zip.Checksum;

/**
 * CRC-64/NVME, the checksum that AWS S3 keeps of whole objects: polynomial {@code 0xAD93D23594C93659}, reflected, all
 * ones at both ends. Eight bytes a step by eight tables.
 *
 * @see <a href="https://reveng.sourceforge.io/crc-catalogue/all.htm">Catalogue of CRC algorithms</a>
 */
final class Crc64Nvme implements Checksum {
    static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final long[][] TABLES = tables();

    private long register = -1;

    @Override
    public void update(int value) {
        register = TABLES[0][(int) (register ^ value) & 0xff] ^ (register >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        long crc = register;
        int i = offset;
        int end = offset + length;
        for (; end - i >= Long.BYTES; i += Long.BYTES) {
            long word = crc;
            for (int j = 0; j < Long.BYTES; j++) {
                word ^= (bytes[i + j] & 0xffL) << (8 * j);
            }
            crc = 0;
            for (int j = 0; j < Long.BYTES; j++) {
                crc ^= TABLES[Long.BYTES - 1 - j][(int) (word >>> (8 * j)) & 0xff];
            }
        }
        for (; i < end; i++) {
            crc = TABLES[0][(int) (crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
        }
        register = crc;
    }

    @Override
    public long getValue() {
        return ~register;
    }

    @Override
    public void reset() {
        register = -1;
    }

    /** Table {@code n} advances a byte over {@code n} more bytes of zeros. */
    private static long[][] tables() {
        long[][] tables = new long[Long.BYTES][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED_POLYNOMIAL;
            }
            tables[0][value] = crc;
        }
        for (int n = 1; n < Long.BYTES; n++) {
            for (int value = 0; value < 256; value++) {
                long crc = tables[n - 1][value];
                tables[n][value] = tables[0][(int) crc & 0xff] ^ (crc >>> 8);
            }
        }
        return tables;
    }
}
