package comfybucket.backup;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Says early that something has changed in folders. It is a convenience: where folders cannot be watched (network disks,
 * too many of them), or events get lost, they are looked through now and then anyway.
 */
final class Alarm implements AutoCloseable {
    private final Optional<WatchService> service;
    private final Map<Path, WatchKey> watched = new HashMap<>();

    Alarm() {
        this.service = open();
    }

    private static Optional<WatchService> open() {
        try {
            return Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException | UnsupportedOperationException none) {
            return Optional.empty();
        }
    }

    /** From now on these, and no others. */
    void watch(List<Path> folders) {
        watched.entrySet().removeIf(entry -> {
            boolean over =
                    !folders.contains(entry.getKey()) || !entry.getValue().isValid();
            if (over) {
                entry.getValue().cancel();
            }
            return over;
        });
        service.ifPresent(watching -> folders.stream()
                .filter(folder -> !watched.containsKey(folder))
                .forEach(folder -> watch(watching, folder)));
    }

    private void watch(WatchService watching, Path folder) {
        try {
            watched.put(folder, folder.register(watching, StandardWatchEventKinds.ENTRY_CREATE));
        } catch (IOException notWatched) {
            // It is looked through all the same, later.
        }
    }

    /** Until something new is there, or the time is over. */
    void await(Duration most) throws InterruptedException {
        if (service.isEmpty()) {
            Thread.sleep(most);
            return;
        }
        try {
            WatchKey first = service.get().poll(most.toNanos(), TimeUnit.NANOSECONDS);
            for (WatchKey key = first; key != null; key = service.get().poll()) {
                key.pollEvents();
                key.reset();
            }
        } catch (ClosedWatchServiceException closed) {
            throw new InterruptedException("closed");
        }
    }

    @Override
    public void close() throws IOException {
        if (service.isPresent()) {
            service.get().close();
        }
    }
}
