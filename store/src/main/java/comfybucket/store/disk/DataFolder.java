package comfybucket.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of buckets, opened. Beside the buckets' folders it holds {@code .comfy-bucket}: sidecars, unfinished uploads,
 * files on their way, and what the server itself keeps there.
 */
public final class DataFolder implements AutoCloseable {
    private static final String PRIVATE = ".comfy-bucket";

    private final Path inner;
    private final Staging staging;
    private final KeyLocks locks;
    private final Buckets buckets;
    private final ObjectFiles objects;
    private final Lister lister;
    private final Uploads uploads;

    private DataFolder(Path root, Path inner, Staging staging, KeyLocks locks, KeyPaths paths) {
        this.inner = inner;
        this.staging = staging;
        this.locks = locks;
        Sidecars sidecars = new Sidecars(inner.resolve("meta"), staging);
        this.buckets = new Buckets(root, paths);
        this.objects = new ObjectFiles(buckets, paths, sidecars, locks, staging);
        this.lister = new Lister(buckets, new Listings(paths), sidecars);
        this.uploads = new Uploads(inner.resolve("uploads"), buckets, objects, staging, locks);
    }

    /**
     * Opens a folder, which is created when it is not there.
     *
     * @param force whether what is acknowledged is forced to disk
     */
    public static DataFolder open(Path folder, boolean force) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("Not a folder: " + folder);
        }
        Path root = Files.createDirectories(folder).toRealPath();
        Path inner = root.resolve(PRIVATE);
        PrivateFiles.createDirectory(inner);
        Files.createDirectories(inner.resolve("uploads"));
        Staging staging = Staging.open(inner.resolve("staging"), force);
        KeyLocks locks = null;
        try {
            locks = KeyLocks.open(inner.resolve("locks"));
            DataFolder opened = new DataFolder(root, inner, staging, locks, new KeyPaths(NameRules.of(inner)));
            opened.uploads.sweep();
            return opened;
        } catch (IOException e) {
            staging.close();
            if (locks != null) {
                locks.close();
            }
            throw e;
        }
    }

    /** Where the server may keep what nobody else should read. */
    public Path inner() {
        return inner;
    }

    public Buckets buckets() {
        return buckets;
    }

    public ObjectFiles objects() {
        return objects;
    }

    public Lister lister() {
        return lister;
    }

    public Uploads uploads() {
        return uploads;
    }

    @Override
    public void close() throws IOException {
        try (staging;
                locks) {
            // Both, whichever fails.
        }
    }
}
