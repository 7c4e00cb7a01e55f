package comfybucket.store.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME of the NVM Express NVM Command Set Specification, eight bytes at a time with a table for each
 * (slicing-by-8, Kounavis and Berry 2005).
 */
final class Crc64Nvme implements Checksum {
    /** The polynomial, lowest power first. */
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[][] TABLES = tables();

    private long state = -1;

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int i = 0; i < 256; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            tables[0][i] = value;
        }
        for (int t = 1; t < 8; t++) {
            for (int i = 0; i < 256; i++) {
                long before = tables[t - 1][i];
                tables[t][i] = before >>> 8 ^ tables[0][(int) before & 0xff];
            }
        }
        return tables;
    }

    @Override
    public void update(int b) {
        state = state >>> 8 ^ TABLES[0][(int) (state ^ b) & 0xff];
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long s = state;
        for (; end - at >= 8; at += 8) {
            s ^= (long) LONGS.get(bytes, at);
            s = TABLES[7][(int) s & 0xff]
                    ^ TABLES[6][(int) (s >>> 8) & 0xff]
                    ^ TABLES[5][(int) (s >>> 16) & 0xff]
                    ^ TABLES[4][(int) (s >>> 24) & 0xff]
                    ^ TABLES[3][(int) (s >>> 32) & 0xff]
                    ^ TABLES[2][(int) (s >>> 40) & 0xff]
                    ^ TABLES[1][(int) (s >>> 48) & 0xff]
                    ^ TABLES[0][(int) (s >>> 56)];
        }
        state = s;
        while (at < end) {
            update(bytes[at++]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }
}
