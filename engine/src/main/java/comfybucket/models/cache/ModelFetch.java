package comfybucket.models.cache;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import comfybucket.files.DiskFile;
import comfybucket.files.FileState;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;
import comfybucket.transfer.Comparison;
import comfybucket.transfer.Download;
import comfybucket.transfer.OtherDownloads;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One model on its way to where a loader finds it. */
final class ModelFetch {
    /** How often an object is begun anew that is replaced while it is downloaded. */
    private static final int TRIES = 3;
    /** A store that could be there and is not, as opposed to one that says no. */
    static final Set<Problem> OUT_OF_REACH = EnumSet.of(
            Problem.ENDPOINT_UNREACHABLE,
            Problem.PROXY_FAILED,
            Problem.STORE_SILENT,
            Problem.STORE_BUSY,
            Problem.STORE_FAILED);

    private final Bucket bucket;
    private final ObjectKey key;
    private final FetchOptions options;
    private final TransferProgress progress;
    private final Disk disk;
    private final long pieceLength;
    private final Origin origin;
    private final Spots spots;
    private final Map<Path, OtherDownloads> others = new HashMap<>();
    private boolean hasWaited;

    ModelFetch(
            Bucket bucket,
            ObjectKey key,
            ModelPlace place,
            FetchOptions options,
            TransferProgress progress,
            Disk disk,
            long pieceLength) {
        this.bucket = bucket;
        this.key = key;
        this.options = options;
        this.progress = progress;
        this.disk = disk;
        this.pieceLength = pieceLength;
        this.origin = Origin.of(bucket, key);
        this.spots = new Spots(origin, place, disk);
    }

    String name(Path path) {
        return spots.name(path);
    }

    /** What became of it, and where it is; with what the store said, if it did. */
    record Found(Path path, Outcome outcome, long bytes, Optional<ObjectInfo> object) {}

    Found run() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                ObjectInfo object;
                try {
                    object = bucket.store().head(key);
                } catch (CloudException failed) {
                    return offline(failed);
                }
                return fetch(object);
            } catch (CloudException failed) {
                if (failed.problem() != Problem.OBJECT_CHANGED || tries == TRIES) {
                    throw failed;
                }
            }
        }
    }

    private Found offline(CloudException failed) throws IOException {
        if (!options.force() && OUT_OF_REACH.contains(failed.problem())) {
            for (Spot.Current copy : spots.copies()) {
                return use(copy, Outcome.OFFLINE_COPY, Optional.empty());
            }
        }
        throw failed;
    }

    private Found fetch(ObjectInfo object) throws IOException {
        Optional<String> noted = Optional.ofNullable(object.metadata().get(PutOptions.SHA256));
        noted.ifPresent(this::requireSha256);
        others.clear();
        while (true) {
            Optional<Found> found = step(object);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Empty when what was seen is no longer so. */
    private Optional<Found> step(ObjectInfo object) throws IOException {
        List<Spot> all = spots.look(object.etag(), object.size());
        for (Spot spot : all) {
            if (spot instanceof Spot.Current current && !options.force()) {
                return Optional.of(use(current, hasWaited ? Outcome.DOWNLOADED : Outcome.CACHED, Optional.of(object)));
            }
        }
        for (Spot spot : all) {
            Optional<Note> old = replaceable(spot);
            if (old.isPresent()) {
                return download(object, spot.path(), old);
            }
        }
        for (Spot spot : all) {
            switch (spot) {
                case Spot.Free free -> {
                    return download(object, free.path(), Optional.empty());
                }
                case Spot.OfPythonPack copy -> {
                    if (!options.force()) {
                        return Optional.of(adopt(object, copy.path()));
                    }
                }
                case Spot.Foreign foreign -> {
                    if (!options.force() && Comparison.same(bucket, object, foreign.path(), disk)) {
                        return Optional.of(adopt(object, foreign.path()));
                    }
                }
                case Spot.Current adopted -> {}
                case Spot.Outdated adopted -> {}
            }
        }
        throw new CloudException(
                Problem.FILE_EXISTS, Map.of("path", all.getLast().path().toString()));
    }

    /** Nothing but what we downloaded is replaced. */
    private static Optional<Note> replaceable(Spot spot) {
        Optional<Note> note = switch (spot) {
            case Spot.Current current -> Optional.of(current.note());
            case Spot.Outdated outdated -> Optional.of(outdated.note());
            case Spot.OfPythonPack copy -> Optional.empty();
            case Spot.Foreign foreign -> Optional.empty();
            case Spot.Free free -> Optional.empty();
        };
        return note.filter(Note::downloaded);
    }

    private Found use(Spot.Current copy, Outcome outcome, Optional<ObjectInfo> object) throws IOException {
        Notebook notebook = new Notebook(copy.path(), disk);
        Note note = copy.note();
        if (options.sha256().isPresent()) {
            String actual = note.sha256().isPresent() ? note.sha256().get() : Comparison.sha256(copy.path(), disk);
            requireSha256(actual);
            note = note.withSha256(actual);
        }
        if (!note.rule().equals(options.check().rule())) {
            check(copy.path());
            note = note.withRule(options.check().rule());
        }
        if (!note.equals(copy.note())) {
            noteIfPossible(notebook, note);
        }
        notebook.used();
        return new Found(copy.path(), outcome, note.size(), object);
    }

    private Found adopt(ObjectInfo object, Path path) throws IOException {
        if (options.sha256().isPresent()) {
            requireSha256(Comparison.sha256(path, disk));
        }
        check(path);
        Optional<FileState> file = disk.state(path);
        if (file.isPresent()) {
            Notebook notebook = new Notebook(path, disk);
            noteIfPossible(notebook, note(object, file.get().modified(), false, options.sha256()));
        }
        return new Found(path, Outcome.ADOPTED, object.size(), Optional.of(object));
    }

    /** In a folder that cannot be written to, everything is looked at again next time. */
    private static void noteIfPossible(Notebook notebook, Note note) {
        try {
            notebook.add(note);
            notebook.writeEtag(Notebook.quoted(note.etag()));
        } catch (IOException readOnly) {
            // The model is there all the same.
        }
    }

    private Optional<Found> download(ObjectInfo object, Path path, Optional<Note> old) throws IOException {
        disk.createFolders(path.getParent());
        OtherDownloads here = others.computeIfAbsent(path, target -> new OtherDownloads(bucket, object, target, disk));
        if (here.goOn(progress)) {
            hasWaited = true;
            return Optional.empty();
        }
        Leftovers.clean(path.getParent(), disk);
        if (options.budget().isPresent()) {
            new Shelf(options.budget().get(), disk).makeRoom(object.size(), path);
        }
        Optional<Download> begun = Download.begin(bucket, object, path, disk, here, pieceLength);
        if (begun.isEmpty()) {
            hasWaited = true;
            return Optional.empty();
        }
        try (Download download = begun.get()) {
            if (!isAsSeen(path, old)) {
                // Somebody else was at it until now.
                download.giveUp();
                return Optional.empty();
            }
            Optional<String> sha256 = download.fill(
                    progress, options.check()::beginning, options.sha256().isPresent());
            return publish(object, path, old, download, sha256);
        }
    }

    /** @param old what is to be replaced, if there is something */
    private boolean isAsSeen(Path path, Optional<Note> old) throws IOException {
        Optional<FileState> now = disk.state(path);
        return old.isEmpty()
                ? now.isEmpty()
                : now.filter(file -> old.get().isOf(file)).isPresent();
    }

    private Optional<Found> publish(
            ObjectInfo object, Path path, Optional<Note> old, Download download, Optional<String> sha256)
            throws IOException {
        try {
            sha256.ifPresent(this::requireSha256);
            check(download.bytes());
        } catch (CloudException refused) {
            download.giveUp();
            throw refused;
        }
        Instant modified = time(object);
        Notebook notebook = new Notebook(path, disk);
        Optional<String> hash =
                sha256.or(() -> Optional.ofNullable(object.metadata().get(PutOptions.SHA256)));
        Note note = note(object, modified, true, hash);
        // First, so that a crash leaves no file of ours that we do not know.
        notebook.add(note);
        if (old.isPresent() && isAsSeen(path, old)) {
            download.replace(modified);
        } else if (!download.publish(modified)) {
            download.giveUp();
            return Optional.empty();
        }
        Instant kept = disk.state(path).map(FileState::modified).orElse(modified);
        notebook.add(note.withModified(kept));
        notebook.writeEtag(Notebook.quoted(note.etag()));
        disk.force(path.getParent());
        return Optional.of(new Found(path, Outcome.DOWNLOADED, object.size(), Optional.of(object)));
    }

    private Note note(ObjectInfo object, Instant modified, boolean downloaded, Optional<String> sha256) {
        return new Note(
                origin,
                object.etag().value(),
                object.size(),
                modified,
                downloaded,
                sha256,
                options.check().rule());
    }

    /**
     * The file gets the object's time, so that whoever downloads the same version notes the same of it; in even seconds,
     * as finely as every file system keeps times.
     */
    private static Instant time(ObjectInfo object) {
        return Instant.ofEpochSecond(object.lastModified().getEpochSecond() / 2 * 2);
    }

    private void check(Path path) throws IOException {
        try (DiskFile file = disk.read(path)) {
            options.check().whole(new ReadChannel(file));
        }
    }

    private void requireSha256(String actual) {
        if (options.sha256().filter(expected -> !expected.equals(actual)).isPresent()) {
            throw new CloudException(
                    Problem.MODEL_HASH_MISMATCH,
                    Map.of(
                            "uri", bucket.keys().uri(key),
                            "expected", options.sha256().get(),
                            "actual", actual));
        }
    }
}
