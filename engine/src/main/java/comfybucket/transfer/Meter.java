package comfybucket.transfer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts bytes that many threads move, and tells of them a few times a second. */
final class Meter {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final TransferProgress progress;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Meter(TransferProgress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    void moved(long bytes) {
        long now = System.nanoTime();
        long at = next.get();
        long sum = done.addAndGet(bytes);
        if (sum == total || (now - at >= 0 && next.compareAndSet(at, now + PAUSE))) {
            progress.update(Math.min(sum, total), total);
        }
    }

    /** Everything begins anew. */
    void restart() {
        done.set(0);
    }
}
