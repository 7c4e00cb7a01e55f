package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.sign.Resigner;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Answers more than a few writes at once with 503, and for a while after that every write. */
record LowWriteLimits(int atOnce, Duration rest, AtomicInteger running, AtomicLong until) implements Habit {
    private static final Duration LATENCY = Duration.ofMillis(20);

    LowWriteLimits(int atOnce, Duration rest) {
        this(atOnce, rest, new AtomicInteger(), new AtomicLong(System.nanoTime()));
    }

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            if (!Asked.write(request)) {
                return store.handle(request);
            }
            try {
                if (running.incrementAndGet() > atOnce) {
                    until.set(System.nanoTime() + rest.toNanos());
                }
                if (System.nanoTime() - until.get() < 0) {
                    request.body().readAllBytes();
                    return Answers.error(request, 503, "SlowDown", "Please reduce your request rate.");
                }
                // A store far away takes a while, or few writes would ever meet.
                Thread.sleep(LATENCY);
                return store.handle(request);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            } finally {
                running.decrementAndGet();
            }
        };
    }
}
