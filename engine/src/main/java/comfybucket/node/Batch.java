package comfybucket.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * What came of doing the same work for each item of a batch, a few at once. An item that fails does not stop the others.
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
        List<Future<T>> items = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            for (int item = 0; item < count; item++) {
                int index = item;
                items.add(threads.submit(() -> work.apply(index)));
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

    private static <T> Batch<T> collect(List<Future<T>> items) throws InterruptedException {
        List<T> done = new ArrayList<>();
        Optional<Throwable> failure = Optional.empty();
        for (Future<T> item : items) {
            try {
                done.add(item.get());
            } catch (ExecutionException failed) {
                failure = failure.or(() -> Optional.of(failed.getCause()));
            }
        }
        return new Batch<>(done, failure);
    }
}
