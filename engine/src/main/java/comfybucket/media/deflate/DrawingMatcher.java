package comfybucket.media.deflate;

import java.util.Arrays;

/**
 * For drawings, text and plain areas, unfiltered: looks at every byte for the match that saves most, and one byte further
 * whether a better one begins there.
 */
final class DrawingMatcher implements Matcher {
    private static final int TABLE_BITS = 15;
    private static final int MULTIPLIER = 0x9E3779B1;
    private static final int RING_MASK = Symbols.FARTHEST - 1;

    /** What the table looks up. */
    private static final int SHORTEST = 4;

    /** How many places are tried for one byte. */
    private static final int TRIES = 5;

    /** From this length on a match is good enough not to try what begins one byte further. */
    private static final int GOOD = 32;

    /** From this length on it is taken at once, and of its bytes only so many are remembered. */
    private static final int NICE = 64;

    private final int[] last = new int[1 << TABLE_BITS];

    /** For each position, modulo its size, the position before it in the same slot of the table. */
    private final int[] previous = new int[Symbols.FARTHEST];

    /** Where drawings repeat most: the byte, the pixel, the row before. */
    private final int[] near;

    private byte[] bytes;
    private int end;
    private int offset;
    private Prices prices;

    private int bestLength;
    private int bestDistance;
    private int bestSaving;

    /** @param near distances to try first; those beyond DEFLATE's reach are left out */
    DrawingMatcher(int... near) {
        this.near = Arrays.stream(near)
                .filter(distance -> distance <= Symbols.FARTHEST)
                .toArray();
        Arrays.fill(last, -Symbols.FARTHEST - 1);
    }

    @Override
    public void scan(Window window, Prices prices, BlockStream out) {
        this.bytes = window.bytes();
        this.end = window.end();
        this.offset = window.offset();
        this.prices = prices;
        int anchor = window.start();
        int at = anchor;
        while (at < end) {
            find(at);
            remember(at);
            if (bestSaving == 0) {
                at++;
                continue;
            }
            at = lookFurther(at);
            out.literals(bytes, anchor, at);
            out.match(bestLength, bestDistance);
            anchor = at + bestLength;
            for (int i = Math.max(at + 1, anchor - NICE); i < anchor; i++) {
                remember(i);
            }
            at = anchor;
        }
        out.literals(bytes, anchor, end);
    }

    /** Moves on as long as the match that begins one byte further saves more. */
    private int lookFurther(int from) {
        int at = from;
        while (bestLength < GOOD) {
            int length = bestLength;
            int distance = bestDistance;
            int saving = bestSaving;
            find(at + 1);
            if (bestSaving <= saving) {
                bestLength = length;
                bestDistance = distance;
                return at;
            }
            at++;
            remember(at);
        }
        return at;
    }

    private void find(int at) {
        bestLength = SHORTEST - 1;
        bestSaving = 0;
        int most = Math.min(Symbols.LONGEST_MATCH, end - at);
        if (most < SHORTEST) {
            return;
        }
        int four = Bytes.four(bytes, at);
        for (int distance : near) {
            if (distance <= at && Bytes.four(bytes, at - distance) == four) {
                consider(at, distance, most);
            }
        }
        int position = offset + at;
        int candidate = last[slot(four)];
        for (int tries = TRIES; tries > 0 && bestLength < Math.min(NICE, most); tries--) {
            int distance = position - candidate;
            if (distance > Symbols.FARTHEST || distance > at) {
                return;
            }
            if (bytes[at - distance + bestLength] == bytes[at + bestLength]
                    && Bytes.four(bytes, at - distance) == four) {
                consider(at, distance, most);
            }
            candidate = previous[candidate & RING_MASK];
        }
    }

    private void consider(int at, int distance, int most) {
        int length = Bytes.common(bytes, at - distance, at, most);
        if (length > bestLength) {
            int saving = prices.literals(at, at + length) - prices.match(length, distance);
            if (saving > bestSaving) {
                bestSaving = saving;
                bestLength = length;
                bestDistance = distance;
            }
        }
    }

    private void remember(int at) {
        int slot = slot(Bytes.four(bytes, at));
        previous[(offset + at) & RING_MASK] = last[slot];
        last[slot] = offset + at;
    }

    private static int slot(int four) {
        return (four * MULTIPLIER) >>> (Integer.SIZE - TABLE_BITS);
    }
}
