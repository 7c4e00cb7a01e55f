package comfybucket.media.cache;

import comfybucket.error.Amount;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Keeps the cache within its limit. A file's time of change is the time of its last use; what was used longest ago goes
 * first, and what was used within {@link #IN_USE} stays, whatever the limit says. Several processes may do this to one
 * folder at once: nobody minds that a file is gone already.
 */
final class Room {
    /**
     * A file is read right after it was given out, or touched again and again by who goes on using it; and a download that
     * lives writes to its part more often than this.
     */
    static final Duration IN_USE = Duration.ofMinutes(10);

    /** So much of the limit may come in before the folder is looked through again, and is made free when it is. */
    private static final int SHARE = 10;

    private long sinceLook = Long.MAX_VALUE / 2;

    private record Entry(Path path, BasicFileAttributes attributes) {
        boolean usedLately() {
            return attributes
                    .lastModifiedTime()
                    .toInstant()
                    .isAfter(Instant.now().minus(IN_USE));
        }

        long size() {
            return attributes.size();
        }
    }

    /**
     * Removes what has to go before so many bytes come in.
     *
     * @param folder is there
     * @param limit bytes that all files together may take
     * @throws CloudException {@link Problem#DISK_FULL}
     */
    synchronized void make(Path folder, long needed, long limit) throws IOException {
        sinceLook += needed;
        if (sinceLook > limit / SHARE || free(folder) < needed) {
            sinceLook = needed;
            tidy(folder, needed, limit - limit / SHARE);
        }
        long free = free(folder);
        if (free < needed) {
            throw new CloudException(
                    Problem.DISK_FULL,
                    Map.of(
                            "needed", Amount.of(needed),
                            "folder", folder.toString(),
                            "missing", Amount.atLeast(needed - free)));
        }
    }

    private static void tidy(Path folder, long needed, long limit) throws IOException {
        List<Entry> files = new ArrayList<>();
        for (Entry entry : list(folder)) {
            if (entry.attributes().isDirectory()) {
                files.addAll(list(entry.path()));
            }
        }
        files.sort(Comparator.comparing(file -> file.attributes().lastModifiedTime()));
        long free = free(folder);
        long total = files.stream().mapToLong(Entry::size).sum();
        for (Entry file : files) {
            boolean mustGo = !Versions.isFile(file.path()) || total + needed > limit || free < needed;
            if (mustGo && !file.usedLately() && delete(file.path())) {
                total -= file.size();
                free += file.size();
            }
        }
    }

    private static long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private static List<Entry> list(Path folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                try {
                    entries.add(new Entry(
                            path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
                } catch (NoSuchFileException gone) {
                    // Somebody else has removed it, and that is as good.
                }
            }
            return entries;
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
    }

    /** Whether it is gone: on Windows what is open stays. */
    private static boolean delete(Path path) {
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (IOException stays) {
            return false;
        }
    }
}
