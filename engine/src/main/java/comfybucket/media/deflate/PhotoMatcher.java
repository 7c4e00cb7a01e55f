package comfybucket.media.deflate;

import java.util.Arrays;

/**
 * For filtered photographs, which are mostly literals: looks where a row's pixels begin, for runs of one value and for the
 * last place where the same two or four pixels stood; the longer nothing was found, the less often it looks.
 */
final class PhotoMatcher implements Matcher {
    private static final int TABLE_BITS = 14;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** What the two tables look up: 6 and 12 bytes. */
    private static final int SHORT = 6;

    private static final int LONG = 12;

    /** Matches far away cost about as much; cheaper bytes stay literals, and are not looked up. */
    private static final int SHORT_WORTH = 16 * Prices.BIT;

    private static final int LONG_WORTH = 20 * Prices.BIT;

    /** After 2^this bytes without a match every second pixel is looked at, after twice as many every third, … */
    private static final int PATIENCE = 8;

    private final int pixelBytes;
    private final int[] lastShort = new int[1 << TABLE_BITS];
    private final int[] lastLong = new int[1 << TABLE_BITS];

    private byte[] bytes;
    private int end;
    private int offset;
    private Prices prices;
    private BlockStream out;

    /** Where the literals begin that are not yet in {@link #out}. */
    private int anchor;

    PhotoMatcher(int pixelBytes) {
        this.pixelBytes = pixelBytes;
        Arrays.fill(lastShort, -Symbols.FARTHEST - 1);
        Arrays.fill(lastLong, -Symbols.FARTHEST - 1);
    }

    @Override
    public void scan(Window window, Prices prices, BlockStream out) {
        this.bytes = window.bytes();
        this.end = window.end();
        this.offset = window.offset();
        this.prices = prices;
        this.out = out;
        anchor = window.start();
        int at = anchor;
        for (int row = anchor; row < end; row += window.rowBytes()) {
            at = scanRow(row + 1, row + window.rowBytes(), at);
        }
        out.literals(bytes, anchor, end);
    }

    /** @return the first byte not looked at, which may lie in a later row */
    private int scanRow(int firstPixel, int rowEnd, int from) {
        int at = pixelFrom(Math.max(from, firstPixel), firstPixel);
        while (at < rowEnd) {
            int distance = candidate(at);
            if (distance != 0) {
                int length = Bytes.common(bytes, at - distance, at, Math.min(Symbols.LONGEST_MATCH, end - at));
                if (take(at, length, distance)) {
                    at = pixelFrom(anchor, firstPixel);
                    continue;
                }
                // what begins one pixel further ends at the same place and is no better
                at += Math.max(0, (length - SHORT) / pixelBytes - 1) * pixelBytes;
            }
            at += (1 + (Math.max(0, at - anchor) >> PATIENCE)) * pixelBytes;
        }
        return at;
    }

    private int pixelFrom(int at, int firstPixel) {
        return at + (pixelBytes - (at - firstPixel) % pixelBytes) % pixelBytes;
    }

    /** How far back the bytes at {@code at} may stand, or 0; remembers where they stand now. */
    private int candidate(int at) {
        long eight = Bytes.eight(bytes, at);
        if (eight == Long.rotateLeft(eight, 8)) {
            return at > 0 ? 1 : 0;
        }
        if (prices.literals(at, at + LONG) < LONG_WORTH) {
            return 0;
        }
        int here = offset + at;
        int slot = longSlot(eight, Bytes.four(bytes, at + 8));
        int distance = here - lastLong[slot];
        lastLong[slot] = here;
        if (prices.literals(at, at + SHORT) >= SHORT_WORTH) {
            slot = shortSlot(eight);
            if (!reaches(distance, at) || Bytes.eight(bytes, at - distance) != eight) {
                distance = here - lastShort[slot];
            }
            lastShort[slot] = here;
        }
        return reaches(distance, at) ? distance : 0;
    }

    private static boolean reaches(int distance, int at) {
        return distance <= Symbols.FARTHEST && distance <= at;
    }

    private static int shortSlot(long eight) {
        return (int) (((eight << (8 * (Long.BYTES - SHORT))) * MULTIPLIER) >>> (Long.SIZE - TABLE_BITS));
    }

    private static int longSlot(long eight, int four) {
        return (int) (((eight * MULTIPLIER + four) * MULTIPLIER) >>> (Long.SIZE - TABLE_BITS));
    }

    /** Takes the match, and what stands before it and repeats too, if it costs less than the literals. */
    private boolean take(int at, int length, int distance) {
        if (length < SHORT) {
            return false;
        }
        int from = at;
        int next = at + length;
        int least = Math.max(Math.max(anchor, distance), next - Symbols.LONGEST_MATCH);
        while (from > least && bytes[from - 1] == bytes[from - 1 - distance]) {
            from--;
        }
        if (prices.literals(from, next) <= prices.match(next - from, distance)) {
            return false;
        }
        out.literals(bytes, anchor, from);
        out.match(next - from, distance);
        anchor = next;
        if (distance > 1) {
            for (int i = at + pixelBytes; i < next; i += pixelBytes) {
                lastShort[shortSlot(Bytes.eight(bytes, i))] = offset + i;
            }
        }
        return true;
    }
}
