package comfybucket.store.disk;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Two writes that wait for the disk: done at the same time they wait for one commit of its journal, and not for two. */
final class Together {
    private Together() {}

    /** A step that may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /**
     * Runs both steps to their end.
     *
     * @param parallel whether they wait for anything that makes a second thread worth while
     */
    static void run(boolean parallel, Step one, Step other) throws IOException {
        if (!parallel) {
            one.run();
            other.run();
            return;
        }
        FutureTask<Void> beside = new FutureTask<>(() -> {
            other.run();
            return null;
        });
        Thread.ofVirtual().name("store-force").start(beside);
        try {
            one.run();
        } finally {
            await(beside);
        }
    }

    private static void await(FutureTask<Void> task) throws IOException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
