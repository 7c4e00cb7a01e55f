package comfybucket.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/**
 * What came of doing the same work for each item of a batch, a few at once. When an item fails no further ones are begun,
 * and those under way come to their end, so that it is known which were done.
 *
 * @param done the results of the items that were done, in the order of the items
 * @param failure why the others were not
 */
record Batch<T>(List<T> done, Optional<Throwable> failure) {
    /**
     * @param atOnce how many items are worked on at the same time
     * @throws CancellationException when the calling thread is interrupted; nothing runs any more by then
     */
    static <T> Batch<T> run(int count, int atOnce, IntFunction<T> work) {
        AtomicBoolean failed = new AtomicBoolean();
        List<Future<Optional<T>>> items = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            for (int item = 0; item < count; item++) {
                int index = item;
                items.add(threads.submit(() -> {
                    if (failed.get()) {
                        return Optional.<T>empty();
                    }
                    try {
                        return Optional.of(work.apply(index));
                    } catch (Throwable thrown) {
                        failed.set(true);
                        throw thrown;
                    }
                }));
            }
            try {
                return collect(items);
            } catch (InterruptedException cancelled) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
    }

    private static <T> Batch<T> collect(List<Future<Optional<T>>> items) throws InterruptedException {
        List<T> done = new ArrayList<>();
        Optional<Throwable> failure = Optional.empty();
        for (Future<Optional<T>> item : items) {
            try {
                item.get().ifPresent(done::add);
            } catch (ExecutionException failed) {
                failure = failure.or(() -> Optional.of(failed.getCause()));
            }
        }
        return new Batch<>(done, failure);
    }
}
