package comfybucket.media.deflate;

/** Literals and matches gathered for one block. */
final class Block {
    /** Enough to pay for the code's description, few enough for the code to follow the picture. */
    static final int MOST_SYMBOLS = 1 << 15;

    private static final int DISTANCE_BITS = 16;

    private final byte[] literals = new byte[MOST_SYMBOLS + Bytes.READ_AHEAD];
    private int literalCount;

    /** For each match: how many literals stand between it and the match before it. */
    private final int[] gaps = new int[MOST_SYMBOLS];

    /** For each match: length above {@link #DISTANCE_BITS} bits of distance. */
    private final int[] matches = new int[MOST_SYMBOLS];

    private int matchCount;
    private int literalsInMatchGaps;

    int room() {
        return MOST_SYMBOLS - literalCount - matchCount;
    }

    boolean isEmpty() {
        return room() == MOST_SYMBOLS;
    }

    void addLiterals(byte[] from, int start, int count) {
        Bytes.copy(from, start, literals, literalCount, count);
        literalCount += count;
    }

    void addMatch(int length, int distance) {
        gaps[matchCount] = literalCount - literalsInMatchGaps;
        literalsInMatchGaps = literalCount;
        matches[matchCount++] = length << DISTANCE_BITS | distance;
    }

    void clear() {
        literalCount = 0;
        matchCount = 0;
        literalsInMatchGaps = 0;
    }

    byte[] literals() {
        return literals;
    }

    int literalCount() {
        return literalCount;
    }

    int matchCount() {
        return matchCount;
    }

    int gap(int match) {
        return gaps[match];
    }

    int length(int match) {
        return matches[match] >>> DISTANCE_BITS;
    }

    int distance(int match) {
        return matches[match] & (1 << DISTANCE_BITS) - 1;
    }
}
