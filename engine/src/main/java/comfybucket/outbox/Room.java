package comfybucket.outbox;

import comfybucket.error.Amount;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How much the outbox may hold. */
final class Room {
    /** In bytes, where no profile says otherwise. */
    static final long LIMIT = 20L << 30;

    /** What is left of the disk for everybody else, in bytes; of a small disk, a twentieth. */
    private static final long RESERVE = 1L << 30;

    private final Path folder;
    private long used;

    Room(Path folder) {
        this.folder = folder;
    }

    /** What lies there, as just counted. */
    synchronized void counted(long bytes) {
        used = bytes;
    }

    synchronized void freed(long bytes) {
        used = Math.max(0, used - bytes);
    }

    /**
     * Asked before anything is written.
     *
     * @throws CloudException {@link Problem#OUTBOX_FULL} or {@link Problem#DISK_FULL}
     */
    synchronized void take(long bytes, long limit) throws IOException {
        if (used + bytes > limit) {
            throw new CloudException(
                    Problem.OUTBOX_FULL,
                    Map.of("used", Amount.of(used), "limit", Amount.of(limit), "folder", folder.toString()));
        }
        FileStore disk = Files.getFileStore(folder);
        long reserve = Math.min(RESERVE, disk.getTotalSpace() / 20);
        long free = disk.getUsableSpace() - reserve;
        if (bytes > free) {
            throw new CloudException(
                    Problem.DISK_FULL,
                    Map.of(
                            "needed", Amount.of(bytes),
                            "folder", folder.toString(),
                            "missing", Amount.atLeast(bytes - free)));
        }
        used += bytes;
    }
}
