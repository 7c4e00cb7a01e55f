package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Runs requests: some at once, each within its limits, tried again while that can help, and what is left of their
 * failures translated. Nothing above this tries anything twice, and below it only what a kept connection lost when it
 * ended.
 */
final class Requests {
    /** Sends the request once. The SDK's exceptions are left to {@link Requests}. */
    interface Try<T> {
        /**
         * One try.
         *
         * @param number 1 for the first try
         */
        T send(int number, Exchange exchange);
    }

    private final Timeouts timeouts;
    private final RetryPolicy policy;
    private final Translator translator;
    private final Places places;
    private final Places writePlaces;
    private final RetryBudget budget = new RetryBudget();
    private final RandomGenerator random;
    private volatile boolean succeeded;

    /**
     * @param concurrency how many may run at once, at most: fewer while the store is busy
     * @param writes how many of them may write
     */
    Requests(
            int concurrency,
            int writes,
            Timeouts timeouts,
            RetryPolicy policy,
            Translator translator,
            RandomGenerator random) {
        this.places = new Places(concurrency);
        this.writePlaces = new Places(writes);
        this.timeouts = timeouts;
        this.policy = policy;
        this.translator = translator;
        this.random = random;
    }

    /** The request's result; its exchange has ended. */
    <T> T run(Action action, Try<T> request) {
        return attempt(action, (number, exchange) -> {
            T result = request.send(number, exchange);
            exchange.close();
            return result;
        });
    }

    /** The request's result, which goes on with the exchange and has to close it. */
    <T> T open(Action action, Try<T> request) {
        return attempt(action, request);
    }

    private <T> T attempt(Action action, Try<T> request) {
        long start = 0;
        for (int number = 1; ; number++) {
            Exchange exchange = begin(action);
            long begun = System.nanoTime();
            // To wait for a place is no failure of the store's, and takes none of the patience with it.
            start = number == 1 ? begun : start;
            RuntimeException failure;
            try {
                T result = send(request, number, exchange);
                budget.succeeded(number);
                places.answered();
                succeeded = true;
                return result;
            } catch (SdkException | BadReplyException | PayloadException e) {
                failure = e;
            } catch (UncheckedIOException e) {
                // The SDK looks at the first bytes of a document before it parses it, and lets this through.
                failure = SdkClientException.create("The answer broke off", e.getCause());
            }
            requireNotCancelled(failure, exchange);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            Failure kind = exchange.expired()
                    ? new Failure.Passing(false, Optional.empty())
                    : Failures.of(failure, action.operation());
            if (kind instanceof Failure.Passing(boolean busy, Optional<Duration> _) && busy) {
                places.busy(begun);
            }
            Optional<Duration> pause = pause(kind, number, elapsed);
            if (pause.isEmpty()) {
                throw translated(failure, action, exchange);
            }
            sleep(pause.get());
        }
    }

    private static <T> T send(Try<T> request, int number, Exchange exchange) {
        boolean sent = false;
        try {
            T result = ScopedValue.where(Exchange.CURRENT, exchange).call(() -> request.send(number, exchange));
            sent = true;
            return result;
        } finally {
            if (!sent) {
                exchange.close();
            }
        }
    }

    private Runnable placeOfAWrite() {
        acquire(writePlaces);
        boolean complete = false;
        try {
            Runnable released = place();
            complete = true;
            return () -> {
                released.run();
                writePlaces.giveBack();
            };
        } finally {
            if (!complete) {
                writePlaces.giveBack();
            }
        }
    }

    private Runnable place() {
        acquire(places);
        return places::giveBack;
    }

    private static void acquire(Places places) {
        try {
            places.take();
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
    }

    /** Waits for a place among the requests that may run at once. */
    private Exchange begin(Action action) {
        Operation operation = action.operation();
        Runnable released = operation.isWrite() ? placeOfAWrite() : place();
        return new Exchange(operation.silence(timeouts), operation.answerLimit(), action.body(), released);
    }

    /**
     * How long to wait before the next try.
     *
     * @param failed how many tries have failed
     * @param elapsed since the first
     * @return empty when there shall be none
     */
    Optional<Duration> pause(Failure failure, int failed, Duration elapsed) {
        return switch (failure) {
            case Failure.Final() -> Optional.empty();
            case Failure.Passing(boolean busy, Optional<Duration> after) ->
                policy.pause(failed, elapsed, busy, after, random).filter(pause -> budget.take());
        };
    }

    CloudException translated(RuntimeException failure, Action action, Exchange exchange) {
        return translator.translate(failure, action, exchange);
    }

    /** Whether any request was answered with success, so that the bucket is known to be there. */
    boolean haveSucceeded() {
        return succeeded;
    }

    void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
    }

    /** @throws CancellationException if the failure comes from the interruption of this thread */
    static void requireNotCancelled(Exception failure, Exchange exchange) {
        boolean aborted = !exchange.expired() && failure instanceof AbortedException;
        if (aborted || Thread.currentThread().isInterrupted()) {
            throw cancelled(failure);
        }
    }

    private static CancellationException cancelled(Exception cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("Cancelled");
        cancelled.initCause(cause);
        return cancelled;
    }
}
