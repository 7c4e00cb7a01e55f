package comfybucket.media.deflate;

import java.util.Arrays;

/**
 * What bytes cost as literals and what matches cost, in sixteenths of a bit, so that a match is taken only where it saves.
 *
 * <p>A literal's price is what a code without matches would give it. Prices learned from the code that was written would
 * make literals dearer with every match taken, and then matches pay off that should not have been taken. A match's price is
 * learned from the block before.
 */
final class Prices {
    static final int BIT = 16;

    /** Literals are counted in one of so many pieces of the new rows. */
    private static final int SAMPLED = 4;

    private static final int PIECE = 512;
    private static final int DEAREST = 12 * BIT;

    private final ByteCounter counter = new ByteCounter();
    private final int[] counts = new int[256];
    private final int[] literal = new int[256];
    private final int[] length = new int[Symbols.LONGEST_MATCH + 1];
    private final int[] distance = new int[Symbols.DISTANCES];

    private final int[] sums;

    Prices(int windowBytes) {
        sums = new int[windowBytes + Bytes.READ_AHEAD];
        for (int i = Symbols.SHORTEST_MATCH; i <= Symbols.LONGEST_MATCH; i++) {
            length[i] = BIT * (6 + Symbols.lengthExtraBits(Symbols.ofLength(i)));
        }
        for (int i = 0; i < distance.length; i++) {
            distance[i] = BIT * (4 + Symbols.distanceExtraBits(i));
        }
    }

    /** Looks at the new rows. */
    void survey(byte[] bytes, int start, int end) {
        Arrays.fill(counts, 0);
        int counted = 0;
        for (int piece = start; piece < end; piece += SAMPLED * PIECE) {
            int pieceEnd = Math.min(end, piece + PIECE);
            counter.count(bytes, piece, pieceEnd);
            counted += pieceEnd - piece;
        }
        counter.drainTo(counts);
        for (int value = 0; value < 256; value++) {
            literal[value] = counts[value] == 0 ? DEAREST : price((double) counts[value] / counted);
        }
        sum(bytes, start, end, literal, sums);
    }

    /** No code is shorter than a bit. */
    private static int price(double share) {
        return Math.clamp(Math.round(-BIT * Math.log(share) / Math.log(2)), BIT, DEAREST);
    }

    private static void sum(byte[] bytes, int start, int end, int[] literal, int[] sums) {
        int sum = 0;
        for (int i = start; i < end; i++) {
            sums[i] = sum;
            sum += literal[bytes[i] & 0xff];
        }
        Arrays.fill(sums, end, end + Bytes.READ_AHEAD, sum);
    }

    /** @param literals the code of the block before, for literals and lengths */
    void learn(HuffmanCode literals, HuffmanCode distances) {
        for (int i = Symbols.SHORTEST_MATCH; i <= Symbols.LONGEST_MATCH; i++) {
            int symbol = Symbols.ofLength(i);
            length[i] = price(literals, Symbols.FIRST_LENGTH + symbol) + BIT * Symbols.lengthExtraBits(symbol);
        }
        for (int i = 0; i < distance.length; i++) {
            distance[i] = price(distances, i) + BIT * Symbols.distanceExtraBits(i);
        }
    }

    private static int price(HuffmanCode code, int symbol) {
        int bits = code.length(symbol);
        return bits == 0 ? DEAREST : BIT * bits;
    }

    /** The price of new bytes as literals; {@code end} may lie behind the last, which costs nothing more. */
    int literals(int start, int end) {
        return sums[end] - sums[start];
    }

    /**
     * The same for many questions: element {@code i} is the price of all new bytes before the window's byte {@code i}, and
     * stays the same behind the last for {@link Bytes#READ_AHEAD} more.
     */
    int[] sums() {
        return sums;
    }

    int match(int matchLength, int matchDistance) {
        return length[matchLength] + distance[Symbols.ofDistance(matchDistance)];
    }
}
