package comfybucket.models.cache;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.FileState;
import comfybucket.storage.ObjectInfo;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One model on its way to where a loader finds it: a copy that is here, or a download to a place that is free for it. */
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

    private final Wanted wanted;
    private final TransferProgress progress;
    private final long pieceLength;
    private final Spots spots;
    private final Copies copies;
    private final Map<Path, ModelDownload> downloads = new HashMap<>();
    private boolean hasWaited;

    /** @param pieceLength of downloads, in bytes */
    ModelFetch(Wanted wanted, ModelPlace place, TransferProgress progress, long pieceLength) {
        this.wanted = wanted;
        this.progress = progress;
        this.pieceLength = pieceLength;
        this.spots = new Spots(wanted.origin(), place, wanted.disk());
        this.copies = new Copies(wanted);
    }

    String name(Path path) {
        return spots.name(path);
    }

    Found run() throws IOException {
        Set<FileState> refused = wanted.options().force() ? spots.files() : Set.of();
        for (int tries = 1; ; tries++) {
            try {
                ObjectInfo object;
                try {
                    object = wanted.bucket().store().head(wanted.key());
                } catch (CloudException failed) {
                    return offline(failed);
                }
                return fetch(object, refused);
            } catch (CloudException failed) {
                if (failed.problem() != Problem.OBJECT_CHANGED || tries == TRIES) {
                    throw failed;
                }
            }
        }
    }

    private Found offline(CloudException failed) throws IOException {
        if (!wanted.options().force() && OUT_OF_REACH.contains(failed.problem())) {
            for (Spot.Current copy : spots.copies()) {
                return copies.use(copy, Outcome.OFFLINE_COPY, Optional.empty());
            }
        }
        throw failed;
    }

    /** @param refused what was there before and does not do; what somebody else has brought since does */
    private Found fetch(ObjectInfo object, Set<FileState> refused) throws IOException {
        Wanted.sha256(object).ifPresent(wanted::requireSha256);
        downloads.clear();
        while (true) {
            Optional<Found> found = step(object, refused);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Empty when what was seen is no longer so. */
    private Optional<Found> step(ObjectInfo object, Set<FileState> refused) throws IOException {
        boolean force = wanted.options().force();
        List<Spot> all = spots.look(object.etag(), object.size());
        for (Spot spot : all) {
            if (spot instanceof Spot.Current current && !refused.contains(current.file())) {
                Outcome outcome = hasWaited || force ? Outcome.DOWNLOADED : Outcome.CACHED;
                return Optional.of(copies.use(current, outcome, Optional.of(object)));
            }
        }
        for (Spot spot : all) {
            Optional<FileState> old = replaceable(spot);
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
                    if (!force) {
                        return Optional.of(copies.adopt(object, copy.path()));
                    }
                }
                case Spot.Foreign foreign -> {
                    if (!force && copies.isSame(object, foreign.path())) {
                        return Optional.of(copies.adopt(object, foreign.path()));
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
    private static Optional<FileState> replaceable(Spot spot) {
        return switch (spot) {
            case Spot.Current(Path path, FileState file, Note note) when note.downloaded() -> Optional.of(file);
            case Spot.Outdated(Path path, FileState file, Note note) when note.downloaded() -> Optional.of(file);
            case Spot.Current adopted -> Optional.empty();
            case Spot.Outdated adopted -> Optional.empty();
            case Spot.OfPythonPack copy -> Optional.empty();
            case Spot.Foreign foreign -> Optional.empty();
            case Spot.Free free -> Optional.empty();
        };
    }

    private Optional<Found> download(ObjectInfo object, Path path, Optional<FileState> old) throws IOException {
        ModelDownload download = downloads.computeIfAbsent(
                path, target -> new ModelDownload(wanted, object, target, progress, pieceLength));
        return switch (download.run(old)) {
            case DONE -> Optional.of(new Found(path, Outcome.DOWNLOADED, object.size(), Optional.of(object)));
            case OTHERS -> {
                hasWaited = true;
                yield Optional.empty();
            }
            case CHANGED -> Optional.empty();
        };
    }
}
