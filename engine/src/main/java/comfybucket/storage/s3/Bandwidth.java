package comfybucket.storage.s3;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.OptionalLong;

/** What all transfers of a store together may move in a second. Whoever has moved bytes waits until they were allowed. */
final class Bandwidth {
    /** So much may be caught up after a pause. */
    private static final long BURST = Duration.ofMillis(100).toNanos();

    private final OptionalLong perSecond;
    private long next = System.nanoTime();

    /** @param perSecond bytes; empty for no limit */
    Bandwidth(OptionalLong perSecond) {
        this.perSecond = perSecond;
    }

    /** @throws InterruptedIOException when this thread is interrupted, and its flag is set */
    void take(int bytes) throws InterruptedIOException {
        if (perSecond.isEmpty() || bytes <= 0) {
            return;
        }
        try {
            Thread.sleep(Duration.ofNanos(turn(bytes)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Cancelled");
        }
    }

    /** How long to wait. */
    private synchronized long turn(int bytes) {
        long now = System.nanoTime();
        if (next - (now - BURST) < 0) {
            next = now - BURST;
        }
        next += (long) (bytes * 1e9 / perSecond.getAsLong());
        return Math.max(0, next - now);
    }
}
