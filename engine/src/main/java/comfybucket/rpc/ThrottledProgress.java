package comfybucket.rpc;

import comfybucket.node.Progress;
import java.util.function.BiConsumer;

/** Passes on ten updates a second at most, and always the last one: each update makes ComfyUI send its whole state. */
final class ThrottledProgress implements Progress {
    private static final long INTERVAL_NANOS = 100_000_000;

    private final BiConsumer<Long, Long> sink;
    private long lastSent = System.nanoTime() - INTERVAL_NANOS;

    ThrottledProgress(BiConsumer<Long, Long> sink) {
        this.sink = sink;
    }

    @Override
    public synchronized void update(long value, long total) {
        long now = System.nanoTime();
        if (now - lastSent >= INTERVAL_NANOS || value == total) {
            lastSent = now;
            sink.accept(value, total);
        }
    }
}
