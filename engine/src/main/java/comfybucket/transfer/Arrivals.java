package comfybucket.transfer;

import comfybucket.storage.ByteRange;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Which pieces of an object are there, and which are somebody's to fetch. */
final class Arrivals {
    /** Pieces for one request: enough that asking costs little, and not so many that the last one is waited for. */
    private static final int SHORTEST_RUN = 2;

    private static final int LONGEST_RUN = 32;

    private final Pieces pieces;
    private final long[] crcs;
    private final BitSet there = new BitSet();
    private final BitSet claimed = new BitSet();

    Arrivals(Pieces pieces) {
        this.pieces = pieces;
        this.crcs = new long[pieces.count()];
    }

    /** Pieces in a row that one request shall bring. */
    record Run(int first, int count) {
        /** All bytes of them. */
        ByteRange range(Pieces pieces) {
            long offset = pieces.range(first).offset();
            return new ByteRange(offset, pieces.range(first + count - 1).last() + 1 - offset);
        }
    }

    /**
     * The next that nobody fetches: many at the beginning, and few towards the end, so that all who fetch end at once.
     *
     * @param width how many fetch
     */
    synchronized Optional<Run> claim(int width) {
        int first = claimed.nextClearBit(0);
        if (first >= crcs.length) {
            return Optional.empty();
        }
        int share = Math.ceilDiv(crcs.length - claimed.cardinality(), 2 * width);
        int end = Math.min(first + Math.clamp(share, SHORTEST_RUN, LONGEST_RUN), crcs.length);
        int taken = claimed.nextSetBit(first);
        end = taken < 0 ? end : Math.min(end, taken);
        claimed.set(first, end);
        if (unclaimed() == 0) {
            notifyAll();
        }
        return Optional.of(new Run(first, end - first));
    }

    /** How many pieces nobody fetches yet. */
    synchronized int unclaimed() {
        return crcs.length - claimed.cardinality();
    }

    /** Waits until somebody is at each piece, and so long at most; whether there are others still. */
    synchronized boolean awaitClaims(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0 && unclaimed() > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Cancelled");
            }
        }
        return unclaimed() > 0;
    }

    synchronized void arrived(int piece, long crc) {
        crcs[piece] = crc;
        there.set(piece);
        claimed.set(piece);
        notifyAll();
    }

    /** Waits for one. */
    synchronized void await(int piece) {
        while (!there.get(piece)) {
            try {
                wait();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Cancelled");
            }
        }
    }

    Pieces pieces() {
        return pieces;
    }

    synchronized boolean has(int piece) {
        return there.get(piece);
    }

    /** How many bytes the pieces have that are there. */
    synchronized long bytes() {
        return there.stream().mapToLong(piece -> pieces.range(piece).length()).sum();
    }

    /** Of a piece that is there. */
    synchronized long crc(int piece) {
        return crcs[piece];
    }

    /** As if nothing had come. */
    synchronized void forget() {
        there.clear();
        claimed.clear();
    }
}
