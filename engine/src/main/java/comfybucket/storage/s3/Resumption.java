package comfybucket.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Decides whether a download whose connection broke goes on, and waits until then. */
final class Resumption {
    /** A connection that brought this much was a good one: what broke it counts anew. */
    private static final long PROGRESS = 64 << 10;

    private final Requests requests;
    private final Action action;
    private long bytes;
    private int failures;
    private long firstFailure;

    Resumption(Requests requests, Action action) {
        this.requests = requests;
        this.action = action;
    }

    void progress(int count) {
        bytes += count;
    }

    /**
     * Returns when it is time to go on.
     *
     * @throws comfybucket.error.CloudException when there were too many failures with too little between them
     */
    void await(IOException failure, Exchange exchange) {
        Requests.requireNotCancelled(failure, exchange);
        if (failures == 0 || bytes >= PROGRESS) {
            failures = 0;
            firstFailure = System.nanoTime();
        }
        bytes = 0;
        failures++;
        Duration elapsed = Duration.ofNanos(System.nanoTime() - firstFailure);
        Optional<Duration> pause = requests.pause(new Failure.Passing(false, Optional.empty()), failures, elapsed);
        if (pause.isEmpty()) {
            throw requests.translated(new UncheckedIOException(failure), action, exchange);
        }
        requests.sleep(pause.get());
    }
}
