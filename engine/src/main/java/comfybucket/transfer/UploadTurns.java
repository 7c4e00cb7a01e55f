package comfybucket.transfer;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who may go on with a large file: two have a turn, of which one at a time is read for its hash. So the line is in use
 * while the next file is hashed, and no disk serves many readers at once.
 */
final class UploadTurns {
    private static final int TURNS = 2;

    private final Semaphore turns = new Semaphore(TURNS, true);
    private final Semaphore hashing = new Semaphore(1, true);

    /**
     * Waits for a turn, hashes and sends.
     *
     * @param hash reads the file
     * @param send is given the hash
     * @throws CancellationException when this thread is interrupted
     */
    <H, T> T take(Supplier<H> hash, Function<H, T> send) {
        return with(turns, () -> send.apply(with(hashing, hash)));
    }

    private static <T> T with(Semaphore permits, Supplier<T> work) {
        try {
            permits.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("Cancelled");
            cancelled.initCause(stopped);
            throw cancelled;
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
