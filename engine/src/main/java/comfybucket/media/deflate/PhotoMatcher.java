package comfybucket.media.deflate;

import java.util.Arrays;

/**
 * For filtered photographs, which are mostly literals: looks where a row's pixels begin, for runs of one value and for the
 * last place where the same two or four pixels stood; the longer nothing was found, the less often it looks.
 */
final class PhotoMatcher implements Matcher {
    private static final int TABLE_BITS = 15;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** What the two tables look up: 6 and 12 bytes. */
    private static final int SHORT = 6;

    private static final int LONG = 12;

    /** Matches far away cost about as much; cheaper bytes stay literals, and are not looked up. */
    private static final int SHORT_WORTH = 16 * Prices.BIT;

    private static final int LONG_WORTH = 20 * Prices.BIT;

    /** In place of a distance: nothing was found, or what was found was not worth looking up. */
    private static final int NONE = 0;

    private static final int CHEAP = -1;

    /** After 2^this bytes without a match every second pixel is looked at, after twice as many every third, … */
    private static final int PATIENCE = 8;

    /** From this length on a match is good enough not to try what begins one pixel further. */
    private static final int GOOD = 32;

    /** What a match one pixel further must save more, for the literal that comes before it. */
    private static final int BETTER = 4 * Prices.BIT;

    private final int pixelBytes;
    private final int[] lastShort = new int[1 << TABLE_BITS];
    private final int[] lastLong = new int[1 << TABLE_BITS];

    /** For each length of a match from a pixel's first byte on: the bytes of all pixels it touches. */
    private final int[] wholePixels = new int[Symbols.LONGEST_MATCH + 1];

    private byte[] bytes;
    private int end;
    private int offset;
    private Prices prices;

    /** {@link Prices#sums}. */
    private int[] sums;

    private BlockStream out;

    /** Where the literals begin that are not yet in {@link #out}. */
    private int anchor;

    /** The match that was found, and what it saves. */
    private int matchStart;

    private int matchEnd;
    private int matchDistance;
    private int matchSaving;

    PhotoMatcher(int pixelBytes) {
        this.pixelBytes = pixelBytes;
        for (int length = 0; length < wholePixels.length; length++) {
            wholePixels[length] = Math.ceilDiv(length, pixelBytes) * pixelBytes;
        }
        Arrays.fill(lastShort, -Symbols.FARTHEST - 1);
        Arrays.fill(lastLong, -Symbols.FARTHEST - 1);
    }

    @Override
    public void scan(Window window, Prices prices, BlockStream out) {
        this.bytes = window.bytes();
        this.end = window.end();
        this.offset = window.offset();
        this.prices = prices;
        this.sums = prices.sums();
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
        int at = firstPixel + Math.ceilDiv(Math.max(0, from - firstPixel), pixelBytes) * pixelBytes;
        while (at < rowEnd) {
            int distance = candidate(at);
            if (distance == NONE) {
                at += (1 + (Math.max(0, at - anchor) >> PATIENCE)) * pixelBytes;
            } else if (distance == CHEAP) {
                at += 2 * pixelBytes;
            } else if (evaluate(at, distance)) {
                at = lookFurther(at, rowEnd);
                int length = matchEnd - at;
                take(at);
                at = anchor < rowEnd ? at + wholePixels[length] : anchor;
            } else {
                // what begins one pixel further ends at the same place and is no better
                at += Math.max(1, (matchEnd - at - SHORT) / pixelBytes) * pixelBytes;
            }
        }
        return at;
    }

    /**
     * How far back the bytes at {@code at} may stand, else NONE or CHEAP; remembers where they stand now. Both tables are
     * asked before anything is decided: one branch that is nearly always guessed right costs less than two loads saved.
     *
     * @param at not 0, as a row's first byte is no pixel
     */
    private int candidate(int at) {
        long eight = Bytes.eight(bytes, at);
        int before = sums[at];
        if (sums[at + LONG] - before < LONG_WORTH) {
            return eight == Long.rotateLeft(eight, 8) ? 1 : CHEAP;
        }
        int here = offset + at;
        int reach = Math.min(Symbols.FARTHEST, at);
        int longSlot = longSlot(eight, Bytes.four(bytes, at + 8));
        int shortSlot = shortSlot(eight);
        int longDistance = Math.min(here - lastLong[longSlot], reach);
        int shortDistance = Math.min(here - lastShort[shortSlot], reach);
        lastLong[longSlot] = here;
        lastShort[shortSlot] = here;
        long longDifference = Bytes.eight(bytes, at - longDistance) ^ eight;
        long shortDifference = shortOf(Bytes.eight(bytes, at - shortDistance) ^ eight);
        if (((longDifference | -longDifference) & (shortDifference | -shortDifference)) < 0) {
            return NONE; // neither is zero
        }
        if (longDifference == 0) {
            return longDistance;
        }
        return sums[at + SHORT] - before < SHORT_WORTH ? NONE : shortDistance;
    }

    /** The first {@link #SHORT} of eight bytes. */
    private static long shortOf(long eight) {
        return eight << (8 * (Long.BYTES - SHORT));
    }

    private static int shortSlot(long eight) {
        return (int) ((shortOf(eight) * MULTIPLIER) >>> (Long.SIZE - TABLE_BITS));
    }

    private static int longSlot(long eight, int four) {
        return (int) (((eight * MULTIPLIER + four) * MULTIPLIER) >>> (Long.SIZE - TABLE_BITS));
    }

    /** Whether the match saves something, together with what stands before it and repeats too. */
    private boolean evaluate(int at, int distance) {
        int length = Bytes.common(bytes, at - distance, at, Math.min(Symbols.LONGEST_MATCH, end - at));
        matchEnd = at + length;
        if (length < SHORT) {
            return false;
        }
        int start = at;
        int least = Math.max(Math.max(anchor, distance), matchEnd - Symbols.LONGEST_MATCH);
        while (start > least && bytes[start - 1] == bytes[start - 1 - distance]) {
            start--;
        }
        matchStart = start;
        matchDistance = distance;
        matchSaving = sums[matchEnd] - sums[start] - prices.match(matchEnd - start, distance);
        return matchSaving > 0;
    }

    /** Moves on as long as the match that begins one pixel further is better. */
    private int lookFurther(int from, int rowEnd) {
        int at = from;
        while (matchEnd - at < GOOD && at + pixelBytes < rowEnd) {
            int start = matchStart;
            int matched = matchEnd;
            int saving = matchSaving;
            int distance = matchDistance;
            int further = candidate(at + pixelBytes);
            boolean same = further == distance; // ends where this one ends
            if (further <= 0 || same || !evaluate(at + pixelBytes, further) || matchSaving <= saving + BETTER) {
                matchStart = start;
                matchEnd = matched;
                matchDistance = distance;
                return at;
            }
            at += pixelBytes;
        }
        return at;
    }

    private void take(int at) {
        out.literals(bytes, anchor, matchStart);
        out.match(matchEnd - matchStart, matchDistance);
        anchor = matchEnd;
        if (matchDistance > 1) {
            for (int i = at + pixelBytes; i < anchor; i += pixelBytes) {
                lastShort[shortSlot(Bytes.eight(bytes, i))] = offset + i;
            }
        }
    }
}
