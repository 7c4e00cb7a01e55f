package comfybucket.store.disk;

import comfybucket.store.disk.SegmentNames.Kind;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sorted contents of folders, remembered while a folder's time says that nothing was added or removed. A time that
 * is too fresh says nothing, because a change in the same tick would not show in it.
 */
final class Listings {
    /** The coarsest times that file systems keep (FAT). */
    private static final Duration TICK = Duration.ofSeconds(2);

    private static final int MAX_FOLDERS = 10_000;

    private static final Comparator<ListedItem> ORDER = Comparator.comparing(ListedItem::token, Utf8Order.INSTANCE);

    private final KeyPaths paths;
    /** By last use. A folder of 100,000 objects takes 20 MB, which the JVM may have back when it runs short. */
    private final LinkedHashMap<Path, SoftReference<Listing>> cache = new LinkedHashMap<>(16, 0.75f, true);

    Listings(KeyPaths paths) {
        this.paths = paths;
    }

    private record Listing(FileTime modified, List<ListedItem> items, boolean settled) {}

    /** What is in the folder, in the order of {@link Utf8Order}; empty when there is no such folder (any more). */
    List<ListedItem> read(Path folder) throws IOException {
        FileTime modified;
        try {
            modified = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        Optional<Listing> known = known(folder);
        if (known.isPresent() && known.get().settled() && known.get().modified().equals(modified)) {
            return known.get().items();
        }
        boolean settled = modified.toInstant().isBefore(Instant.now().minus(TICK));
        Map<String, ListedItem> found = new LinkedHashMap<>();
        boolean nested = collect(folder, "", List.of(), found);
        List<ListedItem> items = new ArrayList<>(found.values());
        items.sort(ORDER);
        remember(folder, new Listing(modified, items, settled && !nested));
        return items;
    }

    /** @return whether there were folders that hold beginnings of long segments, whose changes do not show in this one */
    private boolean collect(Path folder, String beginning, List<String> above, Map<String, ListedItem> found)
            throws IOException {
        boolean nested = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path path : entries) {
                Optional<Boolean> directory = isDirectory(path);
                if (directory.isPresent()) {
                    nested |= collect(path, directory.get(), beginning, above, found);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException | NotDirectoryException removedMeanwhile) {
            return nested;
        }
        return nested;
    }

    private boolean collect(
            Path path, boolean directory, String beginning, List<String> above, Map<String, ListedItem> found)
            throws IOException {
        String name = path.getFileName().toString();
        Optional<KeyPaths.Entry> entry = paths.read(name, directory, beginning, above);
        if (entry.isEmpty()) {
            return false;
        }
        String segment = entry.get().segment();
        switch (entry.get().kind()) {
            case BEGINNING -> {
                List<String> names = new ArrayList<>(above);
                names.add(name);
                collect(path, segment, names, found);
                return true;
            }
            case FOLDER ->
                add(
                        new ListedItem(segment + "/", path, Kind.FOLDER),
                        entry.get().ours(),
                        found);
            case OBJECT ->
                add(new ListedItem(segment, path, Kind.OBJECT), entry.get().ours(), found);
        }
        return false;
    }

    private static void add(ListedItem item, boolean ours, Map<String, ListedItem> found) {
        if (ours) {
            found.put(item.token(), item);
        } else {
            found.putIfAbsent(item.token(), item);
        }
    }

    /** Empty for what is neither a file nor a folder, links included. */
    private static Optional<Boolean> isDirectory(Path path) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory() || attributes.isRegularFile()
                    ? Optional.of(attributes.isDirectory())
                    : Optional.empty();
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
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
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path path : entries) {
                boolean visible = !path.getFileName().toString().startsWith(".");
                Optional<Boolean> directory = visible ? isDirectory(path) : Optional.empty();
                if (directory.isPresent() && !directory.get()) {
                    return true;
                }
                directory.ifPresent(isFolder -> folders.add(path));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException | NotDirectoryException removedMeanwhile) {
            return false;
        }
        for (Path inner : folders) {
            if (hasObject(inner)) {
                return true;
            }
        }
        return false;
    }
}
