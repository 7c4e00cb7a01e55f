package comfybucket.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time that something may take, after which its lease ends. */
final class Deadline implements AutoCloseable {
    private final long end;
    private final Thread timer;
    private volatile boolean expired;

    Deadline(Duration time, Lease lease) {
        this.end = System.nanoTime() + time.toNanos();
        this.timer = Thread.ofVirtual().name("deadline").start(() -> {
            try {
                Thread.sleep(time);
                expired = true;
                lease.discard();
            } catch (InterruptedException inTime) {
                // It was in time.
            }
        });
    }

    Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    /** What a failure comes to: one that is due to the end of the time is told as such. */
    IOException explained(IOException failure) {
        if (!expired) {
            return failure;
        }
        return (IOException) new SocketTimeoutException("No connection in time").initCause(failure);
    }

    @Override
    public void close() {
        timer.interrupt();
    }
}
