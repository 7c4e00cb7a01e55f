package comfybucket.transfer;

import comfybucket.files.DiskFile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Has the disk write while more arrives, so that there is little to wait for at the end. */
final class Flusher implements AutoCloseable {
    private static final long STEP = 128 << 20;

    private final DiskFile file;
    private final AtomicLong written = new AtomicLong();
    private final Optional<Thread> thread;
    private volatile boolean ended;
    private volatile IOException failure;

    /** @param size of what is going to be written; for a little, it is not worth while */
    Flusher(DiskFile file, long size) {
        this.file = file;
        // Of the system, because it does nothing but wait for the disk.
        this.thread = size <= STEP
                ? Optional.empty()
                : Optional.of(Thread.ofPlatform().daemon().name("flush").start(this::run));
    }

    void written(long bytes) {
        long before = written.getAndAdd(bytes);
        if (before / STEP != (before + bytes) / STEP) {
            thread.ifPresent(LockSupport::unpark);
        }
    }

    private void run() {
        long forced = 0;
        while (!ended) {
            long now = written.get();
            if (now - forced < STEP) {
                LockSupport.park(this);
                continue;
            }
            try {
                file.force();
                forced = now;
            } catch (IOException failed) {
                failure = failed;
                return;
            }
        }
    }

    /** Returns when all that was written is on the disk. */
    void finish() throws IOException {
        close();
        if (failure != null) {
            // A system tells of what it could not write once, and not again when asked again.
            throw failure;
        }
        file.force();
    }

    @Override
    public void close() {
        ended = true;
        boolean interrupted = false;
        while (thread.isPresent() && thread.get().isAlive()) {
            LockSupport.unpark(thread.get());
            try {
                thread.get().join();
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
