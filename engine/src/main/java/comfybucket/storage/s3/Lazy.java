package comfybucket.storage.s3;

import java.util.function.Supplier;

/** Something that is made when it is first needed, and closed if it was made. */
final class Lazy<T> implements Supplier<T>, AutoCloseable {
    private final Supplier<T> maker;
    private T made;
    private boolean closed;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (closed) {
            throw new IllegalStateException("Closed");
        }
        if (made == null) {
            made = maker.get();
        }
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (made instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("Could not be closed", e);
            }
        }
    }
}
