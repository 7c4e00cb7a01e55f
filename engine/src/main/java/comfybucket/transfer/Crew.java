package comfybucket.transfer;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Work on virtual threads, some pieces at a time. The first that fails stops the others. */
public final class Crew implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Semaphore places;

    /** @param width how many pieces are done at a time */
    public Crew(int width) {
        this.places = new Semaphore(width);
    }

    /**
     * Begins a piece as soon as there is a place for it.
     *
     * @throws CancellationException when this thread is interrupted
     */
    public void start(Runnable work) {
        try {
            places.acquire();
        } catch (InterruptedException stopped) {
            throw cancelled();
        }
        requireSuccess();
        try {
            threads.execute(() -> run(work));
        } catch (RejectedExecutionException stopped) {
            requireSuccess();
            throw stopped;
        }
    }

    /** Waits for all pieces; throws what the first one that failed has thrown. */
    public void join() {
        threads.shutdown();
        try {
            var _ = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            throw cancelled();
        }
        requireSuccess();
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failed) {
            failure.compareAndSet(null, failed);
            threads.shutdownNow();
        } finally {
            places.release();
        }
    }

    /** Throws what the first piece that failed has thrown, if one has. */
    void requireSuccess() {
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException failed -> throw failed;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    private static CancellationException cancelled() {
        Thread.currentThread().interrupt();
        return new CancellationException("Cancelled");
    }

    /** Stops what still runs, and waits until it has. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
