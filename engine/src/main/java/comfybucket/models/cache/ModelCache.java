package comfybucket.models.cache;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import comfybucket.files.SystemDisk;
import comfybucket.storage.ObjectKey;
import comfybucket.transfer.DiskTrouble;
import comfybucket.transfer.Download;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * Models from buckets in ComfyUI's model folders. Several processes and machines may share the folders: what is noted
 * lies beside the models, nothing is locked, and everything that others can see is whole.
 */
public final class ModelCache {
    private final Disk disk;
    private final long pieceLength;

    public ModelCache() {
        this(new SystemDisk(), Download.PIECE);
    }

    /** @param pieceLength of downloads, in bytes */
    ModelCache(Disk disk, long pieceLength) {
        this.disk = disk;
        this.pieceLength = pieceLength;
    }

    /**
     * The model on this machine: a copy that is there, or a new download. For a copy that is right, the store is asked
     * once and sends no byte.
     *
     * @throws CloudException what the store says; {@link Problem#MODEL_HASH_MISMATCH}; what the check refuses;
     *     {@link Problem#DISK_FULL}, {@link Problem#MODEL_CACHE_FULL}, {@link Problem#FOLDER_NOT_WRITABLE}
     * @throws CancellationException within a second of this thread's interruption; what has arrived is kept for the next
     *     call
     */
    public ModelFile fetch(
            Bucket bucket, ObjectKey key, ModelPlace place, FetchOptions options, TransferProgress progress) {
        long start = System.nanoTime();
        try {
            ModelFetch fetch = new ModelFetch(new Wanted(bucket, key, options, disk), place, progress, pieceLength);
            Found found = fetch.run();
            return new ModelFile(
                    found.path(),
                    fetch.name(found.path()),
                    found.outcome(),
                    found.bytes(),
                    Duration.ofNanos(System.nanoTime() - start),
                    found.object());
        } catch (UncheckedIOException failed) {
            throw translated(failed.getCause(), place);
        } catch (IOException failed) {
            throw translated(failed, place);
        }
    }

    /** Whether a copy that is here is used when the store fails so. */
    public static boolean worksWithout(CloudException failure) {
        return ModelFetch.OUT_OF_REACH.contains(failure.problem());
    }

    private RuntimeException translated(IOException failed, ModelPlace place) {
        if (Thread.currentThread().isInterrupted()) {
            CancellationException cancelled = new CancellationException("Cancelled");
            cancelled.initCause(failed);
            return cancelled;
        }
        return DiskTrouble.of(failed, place.folder(), 0, disk);
    }
}
