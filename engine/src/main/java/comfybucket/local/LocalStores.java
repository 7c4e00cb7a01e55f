package comfybucket.local;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The stores that this engine runs, one a folder, each started when it is first needed. */
public final class LocalStores implements AutoCloseable {
    private final Map<Path, LocalStore> running = new HashMap<>();

    /**
     * The running store over the folder, which is created when it is not there.
     *
     * @throws CloudException {@link Problem#FOLDER_NOT_WRITABLE}
     */
    public synchronized LocalStore at(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        LocalStore store = running.get(place);
        if (store == null) {
            try {
                store = LocalStore.open(place);
            } catch (IOException refused) {
                throw new CloudException(
                        Problem.FOLDER_NOT_WRITABLE,
                        Map.of("folder", place.toString(), "reason", String.valueOf(refused.getMessage())),
                        refused);
            }
            running.put(place, store);
        }
        return store;
    }

    @Override
    public synchronized void close() {
        for (LocalStore store : running.values()) {
            try {
                store.close();
            } catch (IOException ignored) {
                // It serves nobody any more either way, and what it acknowledged is on disk.
            }
        }
        running.clear();
    }
}
