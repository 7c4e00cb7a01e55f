package comfybucket.media.deflate;

import java.util.Arrays;

/** Counts values, in four tables so that equal neighbours do not wait for one another. */
final class ByteCounter {
    private final int[] tables = new int[4 * 256];

    void count(byte[] bytes, int start, int end) {
        add(bytes, start, end, tables);
    }

    private static void add(byte[] bytes, int start, int end, int[] tables) {
        int i = start;
        for (; i + 4 <= end; i += 4) {
            tables[bytes[i] & 0xff]++;
            tables[256 + (bytes[i + 1] & 0xff)]++;
            tables[512 + (bytes[i + 2] & 0xff)]++;
            tables[768 + (bytes[i + 3] & 0xff)]++;
        }
        for (; i < end; i++) {
            tables[bytes[i] & 0xff]++;
        }
    }

    /** Sets the first 256 counts and begins anew. */
    void drainTo(int[] counts) {
        for (int value = 0; value < 256; value++) {
            counts[value] = tables[value] + tables[256 + value] + tables[512 + value] + tables[768 + value];
        }
        Arrays.fill(tables, 0);
    }
}
