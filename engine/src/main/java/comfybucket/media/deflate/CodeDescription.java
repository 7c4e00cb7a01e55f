package comfybucket.media.deflate;

/** How a dynamic block describes its two codes (RFC 1951, 3.2.7): their lengths, runs abbreviated, themselves coded. */
final class CodeDescription {
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int[] EXTRA_BITS = {2, 3, 7};
    private static final int SYMBOL_BITS = 5;

    private final int literals;
    private final int distances;

    /** A symbol below its extra bits. */
    private final int[] items = new int[Symbols.LITERALS_AND_LENGTHS + Symbols.DISTANCES];

    private int itemCount;
    private final HuffmanCode code;
    private final int codeLengths;
    private final int bits;

    CodeDescription(HuffmanCode literalCode, HuffmanCode distanceCode) {
        literals = used(literalCode, Symbols.FIRST_LENGTH);
        distances = used(distanceCode, 1);
        int[] lengths = new int[literals + distances];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = i < literals ? literalCode.length(i) : distanceCode.length(i - literals);
        }
        int[] counts = abbreviate(lengths);
        code = HuffmanCode.ofCounts(counts, 7);
        int last = ORDER.length;
        while (code.length(ORDER[last - 1]) == 0) {
            last--;
        }
        codeLengths = Math.max(4, last);
        int total = 14 + 3 * codeLengths;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            total += counts[symbol] * (code.length(symbol) + extraBits(symbol));
        }
        bits = total;
    }

    private static int used(HuffmanCode code, int least) {
        int used = code.entries().length;
        while (used > least && code.length(used - 1) == 0) {
            used--;
        }
        return used;
    }

    private static int extraBits(int symbol) {
        return symbol < REPEAT ? 0 : EXTRA_BITS[symbol - REPEAT];
    }

    private int[] abbreviate(int[] lengths) {
        int[] counts = new int[ORDER.length];
        int i = 0;
        while (i < lengths.length) {
            int length = lengths[i];
            int end = i + 1;
            while (end < lengths.length && lengths[end] == length) {
                end++;
            }
            int run = end - i;
            i = end;
            if (length != 0) {
                add(length, 0, counts);
                run--;
            }
            while (run >= 3) {
                int most = length != 0 ? 6 : run <= 10 ? 10 : 138;
                int part = Math.min(run, most);
                int symbol = length != 0 ? REPEAT : run <= 10 ? ZEROS : MANY_ZEROS;
                add(symbol, part - (symbol == MANY_ZEROS ? 11 : 3), counts);
                run -= part;
            }
            for (; run > 0; run--) {
                add(length, 0, counts);
            }
        }
        return counts;
    }

    private void add(int symbol, int extra, int[] counts) {
        items[itemCount++] = extra << SYMBOL_BITS | symbol;
        counts[symbol]++;
    }

    int bits() {
        return bits;
    }

    void write(BitWriter out) {
        out.put(literals - 257, 5);
        out.put(distances - 1, 5);
        out.put(codeLengths - 4, 4);
        out.flush();
        for (int i = 0; i < codeLengths; i++) {
            out.put(code.length(ORDER[i]), 3);
            out.flush();
        }
        for (int i = 0; i < itemCount; i++) {
            int symbol = items[i] & (1 << SYMBOL_BITS) - 1;
            out.put(code.entries()[symbol] >>> HuffmanCode.LENGTH_BITS, code.length(symbol));
            out.put(items[i] >>> SYMBOL_BITS, extraBits(symbol));
            out.flush();
        }
    }
}
