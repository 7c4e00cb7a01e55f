package comfybucket.rpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives the memory of finished runs back to the system. The serial collector shrinks the heap only when it collects,
 * and an engine that has nothing to do never would.
 */
final class IdleMemory {
    private final Duration quiet;
    private final Runnable collect;
    private final AtomicLong events = new AtomicLong();

    /** @param quiet how long nothing has to begin or end before {@code collect} runs, once */
    IdleMemory(Duration quiet, Runnable collect) {
        this.quiet = quiet;
        this.collect = collect;
    }

    void runBegins() {
        events.incrementAndGet();
    }

    void runEnded() {
        long event = events.incrementAndGet();
        CompletableFuture.delayedExecutor(quiet.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (events.get() == event) {
                        collect.run();
                    }
                });
    }
}
