package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import comfybucket.files.SystemDisk;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongConsumer;

/** Makes files of objects: one version, verified, on disk, and then under its name, or no file at all. */
public final class Downloader {
    /** How often an object is begun anew that is replaced while it is downloaded. */
    private static final int TRIES = 3;

    private final Bucket bucket;
    private final IfTaken ifTaken;
    private final Disk disk;

    public Downloader(Bucket bucket, IfTaken ifTaken) {
        this.bucket = bucket;
        this.ifTaken = ifTaken;
        this.disk = new SystemDisk();
    }

    /**
     * @param file in a folder that is there
     * @param moved is told how many more bytes have arrived
     * @return whether the object was downloaded, and not left out because the file is there
     * @throws CloudException {@link Problem#FILE_EXISTS}, {@link Problem#FOLDER_NOT_WRITABLE}, {@link Problem#DISK_FULL},
     *     or what the store says
     */
    public boolean download(ObjectKey key, Path file, LongConsumer moved) {
        Steps steps = new Steps(moved);
        for (int tries = 1; ; tries++) {
            if (ifTaken != IfTaken.OVERWRITE && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return taken(file);
            }
            try {
                return download(bucket.store().head(key), file, steps);
            } catch (CloudException failed) {
                if (failed.problem() != Problem.OBJECT_CHANGED || tries == TRIES) {
                    throw failed;
                }
            }
        }
    }

    private boolean download(ObjectInfo object, Path file, TransferProgress progress) {
        try (Download download = Download.begin(bucket, object, file, disk)) {
            download.fill(progress, Beginning.ANY, false);
            if (ifTaken == IfTaken.OVERWRITE) {
                download.replace(Instant.now());
                return true;
            }
            if (download.publish(Instant.now())) {
                return true;
            }
            download.giveUp();
            return taken(file);
        }
    }

    private boolean taken(Path file) {
        if (ifTaken == IfTaken.SKIP) {
            return false;
        }
        throw new CloudException(Problem.FILE_EXISTS, Map.of("path", file.toString()));
    }

    /** Sums as steps. */
    private static final class Steps implements TransferProgress {
        private final LongConsumer moved;
        private long told;

        Steps(LongConsumer moved) {
            this.moved = moved;
        }

        @Override
        public synchronized void update(long done, long total) {
            if (done > told) {
                moved.accept(done - told);
                told = done;
            }
        }
    }
}
