package comfybucket.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One writer at a time for a key, among the threads of this process and among the processes: a lock for each of a few
 * groups of keys, and for the same group one byte of a file that all processes lock. A process locks a file as a whole,
 * so all stores of one process on one folder share one instance.
 */
final class KeyLocks implements AutoCloseable {
    private static final int GROUPS = 256;
    private static final Map<Path, KeyLocks> OPEN = new HashMap<>();

    private final Path path;
    private final FileChannel file;
    private final ReentrantLock[] locks = new ReentrantLock[GROUPS];
    private int users;

    private KeyLocks(Path path) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        for (int i = 0; i < GROUPS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** @param path of the file, by its real name */
    static KeyLocks open(Path path) throws IOException {
        synchronized (OPEN) {
            KeyLocks locks = OPEN.get(path);
            if (locks == null) {
                locks = new KeyLocks(path);
                OPEN.put(path, locks);
            }
            locks.users++;
            return locks;
        }
    }

    /** Work that is done while a key is held. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    <T> T holding(String bucket, String key, Work<T> work) throws IOException {
        int group = Math.floorMod((bucket + "/" + key).hashCode(), GROUPS);
        locks[group].lock();
        try (FileLock _ = file.lock(group, 1, false)) {
            return work.run();
        } finally {
            locks[group].unlock();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(path);
                file.close();
            }
        }
    }
}
