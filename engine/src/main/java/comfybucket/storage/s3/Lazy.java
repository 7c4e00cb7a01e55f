package comfybucket.storage.s3;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Something that is made when it is first needed, and closed if it was made. Who waits for it can be interrupted; who wants
 * it when it has been closed is cancelled.
 */
final class Lazy<T> implements Supplier<T>, AutoCloseable {
    private final Supplier<T> maker;
    private final ReentrantLock lock = new ReentrantLock();
    private T made;
    private boolean closed;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("Cancelled");
            cancelled.initCause(e);
            throw cancelled;
        }
        try {
            if (closed) {
                // Whoever still wants it belongs to something that is being given up.
                throw new CancellationException("Closed");
            }
            if (made == null) {
                made = maker.get();
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (made instanceof AutoCloseable closeable) {
                closeable.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("Could not be closed", e);
        } finally {
            lock.unlock();
        }
    }
}
