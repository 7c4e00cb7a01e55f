package comfybucket.media.deflate;

import java.util.Arrays;

/** Which symbols and extra bits stand for a match's length and distance (RFC 1951, 3.2.5). */
final class Symbols {
    static final int END_OF_BLOCK = 256;
    static final int FIRST_LENGTH = 257;
    static final int LITERALS_AND_LENGTHS = 286;
    static final int DISTANCES = 30;

    static final int SHORTEST_MATCH = 3;
    static final int LONGEST_MATCH = 258;
    static final int FARTHEST = 32_768;

    private static final int NEAR = 256;

    /** By length - 3. */
    private static final byte[] LENGTH_SYMBOL = new byte[LONGEST_MATCH - SHORTEST_MATCH + 1];

    private static final int[] LENGTH_BASE = new int[LITERALS_AND_LENGTHS - FIRST_LENGTH];
    private static final int[] LENGTH_EXTRA = new int[LENGTH_BASE.length];

    /** By distance - 1 when that is near, else, one for 128 distances, by (distance - 1) / 128 behind the near ones. */
    private static final byte[] DISTANCE_SYMBOL = new byte[NEAR + FARTHEST / 128];

    private static final int[] DISTANCE_BASE = new int[DISTANCES];
    private static final int[] DISTANCE_EXTRA = new int[DISTANCES];

    static {
        int base = SHORTEST_MATCH;
        for (int symbol = 0; symbol < LENGTH_BASE.length; symbol++) {
            LENGTH_EXTRA[symbol] = symbol < 8 || symbol == LENGTH_BASE.length - 1 ? 0 : symbol / 4 - 1;
            LENGTH_BASE[symbol] = symbol == LENGTH_BASE.length - 1 ? LONGEST_MATCH : base;
            for (int i = 0; i < 1 << LENGTH_EXTRA[symbol] && base <= LONGEST_MATCH; i++) {
                LENGTH_SYMBOL[base++ - SHORTEST_MATCH] = (byte) symbol;
            }
        }
        LENGTH_SYMBOL[LONGEST_MATCH - SHORTEST_MATCH] = (byte) (LENGTH_BASE.length - 1);
        int distance = 1;
        for (int symbol = 0; symbol < DISTANCES; symbol++) {
            DISTANCE_EXTRA[symbol] = symbol < 4 ? 0 : symbol / 2 - 1;
            DISTANCE_BASE[symbol] = distance;
            int next = distance + (1 << DISTANCE_EXTRA[symbol]);
            Arrays.fill(DISTANCE_SYMBOL, slot(distance), slot(next - 1) + 1, (byte) symbol);
            distance = next;
        }
    }

    private Symbols() {}

    private static int slot(int distance) {
        return distance <= NEAR ? distance - 1 : NEAR + ((distance - 1) >>> 7);
    }

    /** 0 to 28; the symbol in the code is {@link #FIRST_LENGTH} more. */
    static int ofLength(int length) {
        return LENGTH_SYMBOL[length - SHORTEST_MATCH];
    }

    static int lengthBase(int symbol) {
        return LENGTH_BASE[symbol];
    }

    static int lengthExtraBits(int symbol) {
        return LENGTH_EXTRA[symbol];
    }

    static int ofDistance(int distance) {
        return DISTANCE_SYMBOL[slot(distance)];
    }

    static int distanceBase(int symbol) {
        return DISTANCE_BASE[symbol];
    }

    static int distanceExtraBits(int symbol) {
        return DISTANCE_EXTRA[symbol];
    }
}
