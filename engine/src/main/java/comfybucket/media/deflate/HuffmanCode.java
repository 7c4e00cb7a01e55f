package comfybucket.media.deflate;

import java.util.Arrays;

/**
 * A canonical prefix code (RFC 1951, 3.2.2). A symbol's entry holds in one number what the bit writer needs: the code, first
 * bit lowest, above {@link #LENGTH_BITS} bits with its length.
 */
final class HuffmanCode {
    static final int LENGTH_BITS = 4;
    static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    private static final int SYMBOL_BITS = 9;
    private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

    private final int[] entries;

    private HuffmanCode(int[] entries) {
        this.entries = entries;
    }

    /**
     * The code that makes the symbols as short as they are frequent. It is complete even for fewer than two symbols, since
     * some decoders refuse others.
     *
     * @param limit of the codes' lengths, at most 15 and enough for all symbols
     */
    static HuffmanCode ofCounts(int[] counts, int limit) {
        int[] lengths = new int[counts.length];
        int[] symbols = usedSymbols(counts);
        if (symbols.length < 2) {
            int used = symbols.length == 0 ? 0 : symbols[0];
            lengths[used] = 1;
            lengths[used == 0 ? 1 : 0] = 1;
            return ofLengths(lengths);
        }
        int[] ofLength = limited(lengths(counts, symbols), limit);
        int rarest = 0;
        for (int length = limit; length > 0; length--) {
            for (int i = ofLength[length]; i > 0; i--) {
                lengths[symbols[rarest++]] = length;
            }
        }
        return ofLengths(lengths);
    }

    /** The symbols that occur, rarest first. */
    private static int[] usedSymbols(int[] counts) {
        long[] sorted = new long[counts.length];
        int used = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] > 0) {
                sorted[used++] = (long) counts[symbol] << SYMBOL_BITS | symbol;
            }
        }
        Arrays.sort(sorted, 0, used);
        int[] symbols = new int[used];
        for (int i = 0; i < used; i++) {
            symbols[i] = (int) sorted[i] & SYMBOL_MASK;
        }
        return symbols;
    }

    /**
     * How many codes have which length in Huffman's tree. Nodes are numbered as they come: first the leaves, rarest first,
     * then the inner nodes, which arise in the order of their weight, so that two queues replace a heap.
     */
    private static int[] lengths(int[] counts, int[] symbols) {
        int leaves = symbols.length;
        int root = 2 * leaves - 2;
        int[] weight = new int[root + 1];
        int[] parent = new int[root + 1];
        for (int i = 0; i < leaves; i++) {
            weight[i] = counts[symbols[i]];
        }
        int leaf = 0;
        int inner = leaves;
        for (int node = leaves; node <= root; node++) {
            for (int child = 0; child < 2; child++) {
                boolean takeLeaf = leaf < leaves && (inner == node || weight[leaf] <= weight[inner]);
                int lightest = takeLeaf ? leaf++ : inner++;
                weight[node] += weight[lightest];
                parent[lightest] = node;
            }
        }
        int[] depth = new int[root + 1];
        int[] ofLength = new int[leaves];
        for (int node = root - 1; node >= 0; node--) {
            depth[node] = depth[parent[node]] + 1;
            if (node < leaves) {
                ofLength[depth[node]]++;
            }
        }
        return ofLength;
    }

    /** Cuts codes that are too long, then lengthens as few others as make room for them (Kraft's inequality). */
    private static int[] limited(int[] ofLength, int limit) {
        int[] limited = new int[limit + 1];
        int room = 1 << limit;
        for (int length = 1; length < ofLength.length; length++) {
            int cut = Math.min(length, limit);
            limited[cut] += ofLength[length];
            room -= ofLength[length] << (limit - cut);
        }
        for (; room < 0; room++) {
            int longer = limit - 1;
            while (limited[longer] == 0) {
                longer--;
            }
            limited[longer]--;
            limited[longer + 1] += 2;
            limited[limit]--;
        }
        return limited;
    }

    static HuffmanCode ofLengths(int[] lengths) {
        int[] next = new int[LENGTH_MASK + 2];
        for (int length : lengths) {
            next[length + 1]++;
        }
        next[1] = 0; // symbols without a code
        for (int length = 1; length < next.length; length++) {
            next[length] = (next[length] + next[length - 1]) << 1;
        }
        int[] entries = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                int code = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
                entries[symbol] = code << LENGTH_BITS | length;
            }
        }
        return new HuffmanCode(entries);
    }

    int[] entries() {
        return entries;
    }

    int length(int symbol) {
        return entries[symbol] & LENGTH_MASK;
    }
}
