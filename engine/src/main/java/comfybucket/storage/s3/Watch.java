package comfybucket.storage.s3;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Aborts a request that makes no progress. The time left is a bucket: it holds {@code silence} at most, empties while
 * the store is waited for, and every byte that moves refills it a little. So a store that falls silent is given up
 * after {@code silence}, and one that drips single bytes for ever not long after that, however large the object is.
 * While nobody waits for the store (a reader that does something else), no time is lost.
 */
final class Watch {
    /** A connection must carry at least 4 KiB a second in the long run. */
    private static final long NANOS_PER_BYTE = 1_000_000_000L / 4096;
    /** What may still sit in this machine's buffers when a body has been handed over, and how fast it surely drains. */
    private static final long BUFFERED_BYTES = 1 << 20;

    private static final long DRAIN_NANOS_PER_BYTE = 1_000_000_000L / (32 * 1024);

    private final long silence;
    private final Runnable abort;
    private final Thread thread;
    private final AtomicLong deadline;
    private volatile boolean paused;
    private volatile boolean ended;
    private volatile boolean expired;
    private long pausedAt;

    /** Starts watching; {@link #end} must follow. */
    Watch(Duration silence, Runnable abort) {
        this.silence = silence.toNanos();
        this.abort = abort;
        this.deadline = new AtomicLong(System.nanoTime() + this.silence);
        this.thread = Thread.ofVirtual().name("watch").start(this::watch);
    }

    /** Bytes have moved; called by the thread that moves them. */
    void progress(long bytes) {
        long refill = bytes > silence / NANOS_PER_BYTE ? silence : bytes * NANOS_PER_BYTE;
        deadline.set(earlier(deadline.get() + refill, System.nanoTime() + silence));
    }

    /** The whole body has been handed over and may take a while to leave this machine; the answer is awaited. */
    void bodySent(long length) {
        deadline.set(System.nanoTime() + silence + Math.min(length, BUFFERED_BYTES) * DRAIN_NANOS_PER_BYTE);
    }

    void pause() {
        pausedAt = System.nanoTime();
        paused = true;
    }

    void resume() {
        if (paused) {
            deadline.addAndGet(System.nanoTime() - pausedAt);
            paused = false;
        }
    }

    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    boolean expired() {
        return expired;
    }

    private void watch() {
        while (!ended) {
            long left = paused ? silence : deadline.get() - System.nanoTime();
            if (left <= 0) {
                expired = true;
                abort.run();
                return;
            }
            LockSupport.parkNanos(left);
        }
    }

    /** Of two readings of {@link System#nanoTime}, which may overflow. */
    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
