package comfybucket.transfer;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How many requests at a time bring an object soonest, found out while they bring it: twice as many for as long as that
 * brings more. Where one connection is slow and the line is not, as to a store far away, that is several times as fast;
 * where the line itself is full, it stays with few.
 */
final class Width {
    /** How long is counted before it is decided. */
    static final Duration PERIOD = Duration.ofMillis(250);

    private static final int FIRST = 16;
    private static final int MOST = 64;
    /** What twice as many have to bring at least. */
    private static final double WORTH_WHILE = 1.15;
    /** Bytes of one connection in a period, 64 MiB/s: faster ones are not what has to be waited for. */
    private static final long FAST = 16 << 20;

    private volatile int now;
    private int before;
    private long best;
    private boolean settled;
    private boolean opening = true;

    private Width(int first, boolean settled) {
        this.now = first;
        this.before = first;
        this.settled = settled;
    }

    /** @param wished of whoever knows better; then it stays so */
    static Width of(OptionalInt wished) {
        return new Width(wished.orElse(FIRST), wished.isPresent());
    }

    /** Can be asked by all who fetch. */
    int now() {
        return now;
    }

    boolean isSettled() {
        return settled;
    }

    /** @param bytes that all together have brought in the last period */
    void seen(long bytes) {
        if (settled || bytes == 0) {
            return;
        }
        if (opening) {
            // Connections that were opened in this period have brought less than they can.
            opening = false;
        } else if (bytes < best * WORTH_WHILE) {
            now = before;
            settled = true;
        } else if (now == MOST || bytes >= now * FAST) {
            settled = true;
        } else {
            best = bytes;
            before = now;
            now = Math.min(MOST, 2 * now);
            opening = true;
        }
    }
}
