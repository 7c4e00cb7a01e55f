package comfybucket.media.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HuffmanCodeTest {
    @Test
    void withoutALimitItIsAsShortAsHuffmans() {
        for (int seed = 0; seed < 200; seed++) {
            int[] counts = counts(new Random(seed), 12);
            assertThat(bits(counts, HuffmanCode.ofCounts(counts, 15)))
                    .as("seed %d", seed)
                    .isEqualTo(huffmansBits(counts));
        }
    }

    @Test
    void everyCodeIsCompleteAndWithinItsLimit() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int[] counts = counts(random, 286);
            int used = (int) Arrays.stream(counts).filter(count -> count > 0).count();
            int limit = Math.max(7 + random.nextInt(9), Integer.SIZE - Integer.numberOfLeadingZeros(used));
            HuffmanCode code = HuffmanCode.ofCounts(counts, limit);
            int room = 1 << limit;
            for (int symbol = 0; symbol < counts.length; symbol++) {
                int length = code.length(symbol);
                assertThat(length).as("seed %d", seed).isBetween(counts[symbol] > 0 ? 1 : 0, limit);
                room -= length == 0 ? 0 : 1 << (limit - length);
            }
            assertThat(room).as("seed %d", seed).isZero();
        }
    }

    /** Fibonacci's numbers make the deepest trees. */
    @Test
    void aLimitCostsLittleEvenOnTheDeepestTree() {
        int[] counts = new int[24];
        counts[0] = 1;
        counts[1] = 1;
        for (int i = 2; i < counts.length; i++) {
            counts[i] = counts[i - 1] + counts[i - 2];
        }
        long unlimited = huffmansBits(counts);
        assertThat(bits(counts, HuffmanCode.ofCounts(counts, 14))).isBetween(unlimited, unlimited * 1003 / 1000);
    }

    @Test
    void codesAreNumberedAsTheSpecificationSays() {
        // RFC 1951, 3.2.2: A to H of lengths 3, 3, 3, 3, 3, 2, 4, 4
        HuffmanCode code = HuffmanCode.ofLengths(new int[] {3, 3, 3, 3, 3, 2, 4, 4});
        assertThat(code.entries())
                .containsExactly(
                        entry("010"),
                        entry("011"),
                        entry("100"),
                        entry("101"),
                        entry("110"),
                        entry("00"),
                        entry("1110"),
                        entry("1111"));
    }

    private static int entry(String bits) {
        int firstLowest = Integer.parseInt(new StringBuilder(bits).reverse().toString(), 2);
        return firstLowest << HuffmanCode.LENGTH_BITS | bits.length();
    }

    private static int[] counts(Random random, int symbols) {
        int[] counts = new int[symbols];
        int steepness = 1 + random.nextInt(12);
        for (int i = 0; i < symbols; i++) {
            counts[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(1 << random.nextInt(steepness));
        }
        return counts;
    }

    private static long bits(int[] counts, HuffmanCode code) {
        long bits = 0;
        for (int i = 0; i < counts.length; i++) {
            bits += (long) counts[i] * code.length(i);
        }
        return bits;
    }

    private static long huffmansBits(int[] counts) {
        PriorityQueue<Long> weights = new PriorityQueue<>();
        for (long count : counts) {
            if (count > 0) {
                weights.add(count);
            }
        }
        long bits = weights.size() == 1 ? weights.peek() : 0;
        while (weights.size() > 1) {
            long both = weights.remove() + weights.remove();
            bits += both;
            weights.add(both);
        }
        return bits;
    }
}
