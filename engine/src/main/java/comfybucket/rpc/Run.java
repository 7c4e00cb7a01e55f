package comfybucket.rpc;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * One request on a virtual thread of its own. Cancelling interrupts the thread; the request is answered only when the
 * work has really ended, because until then it may still read the hand-over file and clean up after itself.
 */
final class Run<T> extends CompletableFuture<T> {
    private final Thread thread;
    private volatile boolean cancelled;

    private Run(String name, Callable<T> work) {
        thread = Thread.ofVirtual().name(name).unstarted(() -> execute(work));
    }

    static <T> Run<T> start(String name, Callable<T> work) {
        Run<T> run = new Run<>(name, work);
        run.thread.start();
        return run;
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // the thread ends here; the interrupt is what cancelled it
    private void execute(Callable<T> work) {
        try {
            complete(work.call());
        } catch (Throwable thrown) {
            completeExceptionally(
                    cancelled ? new CancellationException() : Failures.forThePack(thrown, thread.getName()));
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        cancelled = true;
        thread.interrupt();
        return !isDone();
    }
}
