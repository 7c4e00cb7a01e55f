package comfybucket.media.deflate;

import java.util.Arrays;

/** Writes a block in the smallest of the three forms that DEFLATE has (RFC 1951, 3.2.3). */
final class BlockWriter {
    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;

    /** Short enough for four literals between two flushes; a longer code would be used once in 16,384 symbols. */
    private static final int LONGEST_CODE = 14;

    private static final HuffmanCode FIXED_LITERALS = HuffmanCode.ofLengths(fixedLengths());
    private static final HuffmanCode FIXED_DISTANCES = HuffmanCode.ofLengths(filled(Symbols.DISTANCES, 5));

    private final BitWriter out;
    private final int[] literalCounts = new int[288];
    private final int[] distanceCounts = new int[Symbols.DISTANCES];
    private final ByteCounter byteCounter = new ByteCounter();

    BlockWriter(BitWriter out) {
        this.out = out;
    }

    private static int[] fixedLengths() {
        int[] lengths = filled(288, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        return lengths;
    }

    private static int[] filled(int size, int value) {
        int[] filled = new int[size];
        Arrays.fill(filled, value);
        return filled;
    }

    /** @param last whether the stream ends with this block */
    void write(Block block, boolean last, Prices prices) {
        int extraBits = count(block);
        HuffmanCode literals = HuffmanCode.ofCounts(literalCounts, LONGEST_CODE);
        HuffmanCode distances = HuffmanCode.ofCounts(distanceCounts, LONGEST_CODE);
        CodeDescription description = new CodeDescription(literals, distances);
        long dynamic = description.bits() + bits(literals, distances) + extraBits;
        long fixed = bits(FIXED_LITERALS, FIXED_DISTANCES) + extraBits;
        long stored = block.matchCount() > 0 ? Long.MAX_VALUE : 40 + 8L * block.literalCount();
        if (stored < Math.min(dynamic, fixed)) {
            header(last, STORED);
            store(block);
        } else if (fixed <= dynamic) {
            header(last, FIXED);
            body(block, FIXED_LITERALS, FIXED_DISTANCES);
        } else {
            header(last, DYNAMIC);
            description.write(out);
            body(block, literals, distances);
        }
        prices.learn(literals, distances);
    }

    /** Counts the symbols; the extra bits of all matches come back. */
    private int count(Block block) {
        byteCounter.count(block.literals(), 0, block.literalCount());
        byteCounter.drainTo(literalCounts);
        Arrays.fill(literalCounts, 256, literalCounts.length, 0);
        Arrays.fill(distanceCounts, 0);
        literalCounts[Symbols.END_OF_BLOCK] = 1;
        int extraBits = 0;
        for (int i = 0; i < block.matchCount(); i++) {
            int length = Symbols.ofLength(block.length(i));
            int distance = Symbols.ofDistance(block.distance(i));
            literalCounts[Symbols.FIRST_LENGTH + length]++;
            distanceCounts[distance]++;
            extraBits += Symbols.lengthExtraBits(length) + Symbols.distanceExtraBits(distance);
        }
        return extraBits;
    }

    private long bits(HuffmanCode literals, HuffmanCode distances) {
        long bits = 0;
        for (int symbol = 0; symbol < literalCounts.length; symbol++) {
            bits += (long) literalCounts[symbol] * literals.length(symbol);
        }
        for (int symbol = 0; symbol < Symbols.DISTANCES; symbol++) {
            bits += (long) distanceCounts[symbol] * distances.length(symbol);
        }
        return bits;
    }

    private void header(boolean last, int form) {
        out.reserve(512);
        out.put(last ? 1 : 0, 1);
        out.put(form, 2);
        out.flush();
    }

    private void store(Block block) {
        int length = block.literalCount();
        out.align();
        out.put(length | (long) (~length & 0xffff) << 16, 32);
        out.flush();
        out.copy(block.literals(), 0, length);
    }

    private void body(Block block, HuffmanCode literals, HuffmanCode distances) {
        int[] literalEntries = literals.entries();
        out.reserve(2 * block.literalCount() + 8 * block.matchCount());
        int next = 0;
        for (int i = 0; i < block.matchCount(); i++) {
            int gap = block.gap(i);
            literals(block.literals(), next, gap, literalEntries);
            next += gap;
            match(block.length(i), block.distance(i), literalEntries, distances.entries());
        }
        literals(block.literals(), next, block.literalCount() - next, literalEntries);
        put(literalEntries[Symbols.END_OF_BLOCK]);
        out.flush();
    }

    private void literals(byte[] from, int start, int count, int[] entries) {
        int end = start + count;
        int i = start;
        for (; i + 4 <= end; i += 4) {
            put(entries[from[i] & 0xff]);
            put(entries[from[i + 1] & 0xff]);
            put(entries[from[i + 2] & 0xff]);
            put(entries[from[i + 3] & 0xff]);
            out.flush();
        }
        for (; i < end; i++) {
            put(entries[from[i] & 0xff]);
        }
        out.flush();
    }

    private void match(int length, int distance, int[] lengthEntries, int[] distanceEntries) {
        int lengthSymbol = Symbols.ofLength(length);
        int distanceSymbol = Symbols.ofDistance(distance);
        put(lengthEntries[Symbols.FIRST_LENGTH + lengthSymbol]);
        out.put(length - Symbols.lengthBase(lengthSymbol), Symbols.lengthExtraBits(lengthSymbol));
        put(distanceEntries[distanceSymbol]);
        out.put(distance - Symbols.distanceBase(distanceSymbol), Symbols.distanceExtraBits(distanceSymbol));
        out.flush();
    }

    private void put(int entry) {
        out.put(entry >>> HuffmanCode.LENGTH_BITS, entry & HuffmanCode.LENGTH_MASK);
    }
}
