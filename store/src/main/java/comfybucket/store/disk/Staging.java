package comfybucket.store.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Where files are before they get their final name: a directory of this process's own, on the file system of the data.
 * A lock tells that its process lives; what dead ones left is removed.
 */
final class Staging implements AutoCloseable {
    private static final String LOCK = "lock";
    /** Beside the lock, for file systems where locks do nothing: a file that is being written is younger than this. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private final Path directory;
    private final boolean force;
    private final FileChannel lock;
    private final AtomicLong count = new AtomicLong();

    private Staging(Path directory, boolean force, FileChannel lock) {
        this.directory = directory;
        this.force = force;
        this.lock = lock;
    }

    /** @param root holds one directory for each process */
    static Staging open(Path root, boolean force) throws IOException {
        Files.createDirectories(root);
        sweep(root, Instant.now().minus(STALE));
        Path own = Files.createDirectory(root.resolve(UUID.randomUUID().toString()));
        FileChannel lock = FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new Staging(own, force, lock);
    }

    /** Removes the directories whose process is dead and which nobody has written to since then. */
    static void sweep(Path root, Instant then) throws IOException {
        for (Path directory : list(root)) {
            List<Path> files = list(directory);
            boolean old = true;
            for (Path file : files) {
                old &= modified(file).isBefore(then);
            }
            if (old && modified(directory).isBefore(then) && isUnlocked(directory.resolve(LOCK))) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(directory);
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (NoSuchFileException sweptByAnother) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Instant modified(Path path) throws IOException {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (NoSuchFileException sweptByAnother) {
            return Instant.MIN;
        }
    }

    private static boolean isUnlocked(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (NoSuchFileException neverLocked) {
            return true;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    StagedFile create() throws IOException {
        // Creates the directory again if a process that cannot see our lock took us for dead.
        return StagedFile.createAt(directory.resolve(Long.toString(count.incrementAndGet())), this);
    }

    boolean forces() {
        return force;
    }

    /** Forces a file's bytes and size to disk, if the store is run so. */
    void force(FileChannel channel) throws IOException {
        if (force) {
            channel.force(true);
        }
    }

    void forceDirectory(Path path) throws IOException {
        if (force) {
            Publish.forceDirectory(path);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
        for (Path file : list(directory)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }
}
