package comfybucket.models.cache;

import comfybucket.error.CloudException;
import comfybucket.files.Disk;
import comfybucket.files.FileState;
import comfybucket.storage.ObjectInfo;
import comfybucket.transfer.Download;
import comfybucket.transfer.OtherDownloads;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** One version of a model on its way to one place, where somebody else may be bringing the same. */
final class ModelDownload {
    private final Wanted wanted;
    private final ObjectInfo object;
    private final Path path;
    private final TransferProgress progress;
    private final long pieceLength;
    private final Disk disk;
    private final OtherDownloads others;

    ModelDownload(Wanted wanted, ObjectInfo object, Path path, TransferProgress progress, long pieceLength) {
        this.wanted = wanted;
        this.object = object;
        this.path = path;
        this.progress = progress;
        this.pieceLength = pieceLength;
        this.disk = wanted.disk();
        this.others = new OtherDownloads(wanted.bucket(), object, path, disk);
    }

    /** What became of a try. */
    enum Try {
        /** The model is there. */
        DONE,
        /** Somebody else is at it. */
        OTHERS,
        /** What is there is no longer what was seen. */
        CHANGED
    }

    /**
     * Brings the model, unless somebody else is at it; then some time has passed.
     *
     * @param old what is to be replaced, if there is something
     * @throws CloudException what the store says, what the check refuses, or another SHA-256
     */
    Try run(Optional<FileState> old) throws IOException {
        disk.createFolders(path.getParent());
        if (others.goOn(progress)) {
            return Try.OTHERS;
        }
        Leftovers.clean(path.getParent(), disk);
        FetchOptions options = wanted.options();
        if (options.budget().isPresent()) {
            new Shelf(options.budget().get(), disk).makeRoom(object.size(), path);
        }
        Optional<Download> begun = Download.begin(wanted.bucket(), object, path, disk, others, pieceLength);
        if (begun.isEmpty()) {
            return Try.OTHERS;
        }
        try (Download download = begun.get()) {
            if (!isAsSeen(old)) {
                // Somebody else was at it until now.
                download.giveUp();
                return Try.CHANGED;
            }
            Optional<String> sha256 = download.fill(
                    progress, options.check()::beginning, options.sha256().isPresent());
            refuseIfUnfit(download, sha256);
            return publish(old, download, sha256);
        }
    }

    private boolean isAsSeen(Optional<FileState> old) throws IOException {
        return disk.state(path).equals(old);
    }

    private void refuseIfUnfit(Download download, Optional<String> sha256) throws IOException {
        try {
            sha256.ifPresent(wanted::requireSha256);
            wanted.check(download.bytes());
        } catch (CloudException refused) {
            download.giveUp();
            throw refused;
        }
    }

    private Try publish(Optional<FileState> old, Download download, Optional<String> sha256) throws IOException {
        Instant modified = time(old);
        Notebook notebook = new Notebook(path, disk);
        Note note = wanted.note(object, modified, true, sha256.or(() -> Wanted.sha256(object)));
        // First, so that a crash leaves no file of ours that we do not know.
        notebook.add(note);
        if (old.isPresent() && isAsSeen(old)) {
            download.replace(modified);
        } else if (!download.publish(modified)) {
            download.giveUp();
            return Try.CHANGED;
        }
        Instant kept = disk.state(path).map(FileState::modified).orElse(modified);
        notebook.add(note.withModified(kept));
        notebook.writeEtag(Notebook.quoted(note.etag()));
        disk.force(path.getParent());
        return Try.DONE;
    }

    /**
     * The file gets the object's time, so that whoever downloads the same version notes the same of it; in even seconds,
     * as finely as every file system keeps times. A version that was stored within the same two seconds as the old one gets
     * the next ones, or a crash could leave the note of the one beside the bytes of the other.
     */
    private Instant time(Optional<FileState> old) {
        Instant time = Instant.ofEpochSecond(object.lastModified().getEpochSecond() / 2 * 2);
        boolean isTheOldOnes = old.filter(file -> file.modified().equals(time)).isPresent();
        return isTheOldOnes ? time.plusSeconds(2) : time;
    }
}
