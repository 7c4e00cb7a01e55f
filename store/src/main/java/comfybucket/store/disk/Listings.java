package comfybucket.store.disk;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The sorted contents of folders, remembered while a folder's time says that nothing was added or removed. A time that
 * is too fresh says nothing, because a change in the same tick would not show in it.
 */
final class Listings {
    /** The coarsest times that file systems keep (FAT). */
    private static final Duration TICK = Duration.ofSeconds(2);

    private static final int MAX_FOLDERS = 10_000;

    private final FolderReader reader;
    /** By last use. A folder of 100,000 objects takes 20 MB, which the JVM may have back when it runs short. */
    private final LinkedHashMap<Path, SoftReference<Listing>> cache = new LinkedHashMap<>(16, 0.75f, true);

    Listings(KeyPaths paths) {
        this.reader = new FolderReader(paths);
    }

    private record Listing(FileTime modified, List<Listed> contents, boolean settled) {}

    /** What is in a bucket's or an object's folder, in the order of {@link Utf8Order}; empty when there is none (any more). */
    List<Listed> read(Path folder) throws IOException {
        return read(folder, "", List.of());
    }

    /** The single segments, in order. */
    List<Listed> read(Listed.Alike alike) throws IOException {
        FolderContents whole = new FolderContents();
        alike.among().forEach(whole::add);
        for (Listed.Beginning beginning : alike.rest()) {
            List<Listed> inner = read(beginning.folder(), beginning.text(), beginning.names());
            if (alike.rest().size() == 1 && alike.among().isEmpty()) {
                return inner;
            }
            whole.addAll(inner);
        }
        return whole.inOrder();
    }

    private List<Listed> read(Path folder, String beginning, List<String> above) throws IOException {
        FileTime modified;
        try {
            modified = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        Optional<Listing> known = known(folder);
        if (known.isPresent() && known.get().settled() && known.get().modified().equals(modified)) {
            return known.get().contents();
        }
        boolean settled = modified.toInstant().isBefore(Instant.now().minus(TICK));
        FolderContents found = reader.read(folder, beginning, above);
        known.ifPresent(before -> found.keep(before.contents()));
        List<Listed> contents = found.inOrder();
        remember(folder, new Listing(modified, contents, settled));
        return contents;
    }

    private synchronized Optional<Listing> known(Path folder) {
        SoftReference<Listing> listing = cache.get(folder);
        return listing == null ? Optional.empty() : Optional.ofNullable(listing.get());
    }

    private synchronized void remember(Path folder, Listing listing) {
        cache.put(folder, new SoftReference<>(listing));
        if (cache.size() > MAX_FOLDERS) {
            cache.pollFirstEntry();
        }
    }

    /** Whether any object is in the folder or below it; stops at the first. */
    boolean hasObject(Path folder) throws IOException {
        return reader.hasObject(folder);
    }
}
