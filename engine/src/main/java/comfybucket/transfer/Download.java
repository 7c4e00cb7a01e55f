package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import comfybucket.process.ProcessMark;
import comfybucket.storage.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * One version of an object on its way into a file: fetched in pieces side by side, verified, forced to the disk, and then
 * under its name, or not at all. What has arrived outlives the process, and is taken up by the next download of the same
 * version to the same place.
 */
public final class Download implements AutoCloseable {
    /** After these, what has arrived is good for nothing, or in the way. */
    private static final Set<Problem> WORTHLESS =
            EnumSet.of(Problem.CHECKSUM_MISMATCH, Problem.OBJECT_CHANGED, Problem.OBJECT_NOT_FOUND, Problem.DISK_FULL);

    /** The usual length of a piece in bytes. */
    public static final long PIECE = Pieces.USUAL;

    private final ObjectInfo object;
    private final Path target;
    private final Disk disk;
    private final Unfinished unfinished;
    private final Fetch fetch;

    private Download(Bucket bucket, ObjectInfo object, Path target, Disk disk, Plan plan, Unfinished unfinished) {
        this.object = object;
        this.target = target;
        this.disk = disk;
        this.unfinished = unfinished;
        this.fetch = new Fetch(bucket, object, plan, unfinished, disk);
    }

    /**
     * Takes up what is there of it, and else begins.
     *
     * @param object the version
     * @param target in a folder that is there
     * @throws CloudException {@link Problem#DISK_FULL}, {@link Problem#FOLDER_NOT_WRITABLE}, or what the store says
     */
    public static Download begin(Bucket bucket, ObjectInfo object, Path target, Disk disk) {
        return begin(bucket, object, target, disk, Optional.empty(), Pieces.USUAL)
                .orElseThrow();
    }

    /**
     * The same where others may be at it who share the folder.
     *
     * @param pieceLength how much is fetched, checked and noted for itself, in bytes; {@link #PIECE} unless told
     * @return empty when somebody else is
     */
    public static Optional<Download> begin(
            Bucket bucket, ObjectInfo object, Path target, Disk disk, OtherDownloads others, long pieceLength) {
        return begin(bucket, object, target, disk, Optional.of(others), pieceLength);
    }

    private static Optional<Download> begin(
            Bucket bucket,
            ObjectInfo object,
            Path target,
            Disk disk,
            Optional<OtherDownloads> others,
            long pieceLength) {
        Path file = target.toAbsolutePath().normalize();
        Plan plan = Plan.of(object, bucket.store(), pieceLength);
        JournalHeader header =
                new JournalHeader(bucket.identity(object), plan.pieces(), plan.crc(), ProcessMark.ofThisProcess());
        try {
            return Unfinished.open(header, file, disk, others)
                    .map(unfinished -> new Download(bucket, object, file, disk, plan, unfinished));
        } catch (IOException failed) {
            throw DiskTrouble.of(failed, file.getParent(), object.size(), disk);
        }
    }

    /**
     * Fetches what is missing, compares all with what was noted when it was stored, and forces it to the disk.
     *
     * @param wantsSha256 whether to compute it, where it is not needed anyway
     * @return the SHA-256 of all bytes in lower-case hex, if it was computed
     * @throws CloudException {@link Problem#CHECKSUM_MISMATCH}, {@link Problem#OBJECT_CHANGED},
     *     {@link Problem#DISK_FULL}, {@link Problem#FOLDER_NOT_WRITABLE}, or what the store says
     * @throws CancellationException when this thread is interrupted
     */
    public Optional<String> fill(TransferProgress progress, Beginning beginning, boolean wantsSha256) {
        Beginning refusing = (first, size) -> {
            try {
                beginning.look(first, size);
            } catch (CloudException refused) {
                unfinished.giveUp();
                throw refused;
            }
        };
        try {
            return fetch.run(progress, refusing, wantsSha256);
        } catch (CloudException failed) {
            if (WORTHLESS.contains(failed.problem())) {
                unfinished.giveUp();
            }
            throw failed;
        } catch (IOException | UncheckedIOException failed) {
            throw translated(failed);
        }
    }

    /** The bytes, for who wants to read them before they have their name. */
    public Path bytes() {
        return unfinished.bytes();
    }

    /** Nothing of this shall be kept. */
    public void giveUp() {
        unfinished.giveUp();
    }

    /**
     * Gives the file its name, unless that is taken.
     *
     * @param modified what is to be seen as its time, on a disk that keeps times so finely
     * @return whether it has it
     */
    public boolean publish(Instant modified) {
        try {
            setModified(modified);
            disk.publish(unfinished.bytes(), target);
            published();
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (IOException failed) {
            throw translated(failed);
        }
    }

    /** Like {@link #publish}, in place of what has the name. */
    public void replace(Instant modified) {
        try {
            setModified(modified);
            disk.replace(unfinished.bytes(), target);
            published();
        } catch (IOException failed) {
            throw translated(failed);
        }
    }

    private void setModified(Instant modified) throws IOException {
        disk.setModified(unfinished.bytes(), modified);
        unfinished.file().force();
    }

    private void published() throws IOException {
        disk.force(target.getParent());
        unfinished.giveUp();
    }

    private RuntimeException translated(Exception failed) {
        if (Thread.currentThread().isInterrupted()) {
            CancellationException cancelled = new CancellationException("Cancelled");
            cancelled.initCause(failed);
            return cancelled;
        }
        IOException cause =
                failed instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) failed;
        CloudException trouble = DiskTrouble.of(cause, target.getParent(), object.size(), disk);
        if (WORTHLESS.contains(trouble.problem())) {
            unfinished.giveUp();
        }
        return trouble;
    }

    /** Leaves what was not published to the next download of the same, if it can use it. */
    @Override
    public void close() {
        unfinished.close();
    }
}
