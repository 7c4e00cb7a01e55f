package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.SystemDisk;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.MultipartUploads;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts large files into a bucket so that a killed or stopped upload can be gone on with: what has arrived stays with the
 * store, and which upload it belongs to is noted on this machine. Each object gets its SHA-256; what the bucket has
 * already is not sent again.
 */
public final class ModelUploader {
    /** Parts of one file at a time. */
    private static final int WIDTH = 8;

    private final Bucket bucket;
    private final IfTaken ifTaken;
    private final UploadNotes notes;
    private final String place;
    private final UploadTurns turns = new UploadTurns();

    /** What became of a file. */
    public enum Outcome {
        UPLOADED,
        /** The bucket has the same bytes under the key. */
        SAME,
        /** The key is taken by other bytes, which stay. */
        TAKEN
    }

    /**
     * @param notes a folder of this machine for what is unfinished
     * @throws CloudException {@link Problem#PROFILE_READ_ONLY}
     */
    public ModelUploader(Bucket bucket, IfTaken ifTaken, Path notes) {
        bucket.profile().requireWritable();
        this.bucket = bucket;
        this.ifTaken = ifTaken;
        this.notes = new UploadNotes(notes);
        this.place = bucket.profile().endpointName() + "\n" + bucket.keys().bucket();
    }

    /**
     * May be called for many files at once: of large ones the next is hashed while one is sent, and others wait.
     *
     * @param watcher hears how far it is; what has arrived of an earlier try is counted too
     * @throws CloudException {@link Problem#OBJECT_EXISTS}, {@link Problem#FILE_NOT_READABLE},
     *     {@link Problem#FILE_CHANGED}, or what the store says
     */
    public Outcome upload(Path file, ObjectKey key, UploadWatcher watcher) {
        FileShape shape = FileShape.of(file);
        Supplier<HashedFile> hash = () -> {
            watcher.hashes(shape.size());
            return HashedFile.of(file, shape, watcher::hashed);
        };
        return HashedFile.isLarge(shape)
                ? turns.take(hash, hashed -> upload(hashed, key, watcher))
                : upload(hash.get(), key, watcher);
    }

    private Outcome upload(HashedFile file, ObjectKey key, UploadWatcher watcher) {
        Optional<ObjectInfo> there = head(key);
        if (there.isPresent()) {
            if (isSame(there.get(), file)) {
                return Outcome.SAME;
            }
            if (ifTaken != IfTaken.OVERWRITE) {
                return taken(key);
            }
        }
        PutOptions options = bucket.profile()
                .saving()
                .options(
                        PutOptions.REPLACE.withMode(mode(file)).withMetadata(Map.of(PutOptions.SHA256, file.sha256())),
                        bucket.store().capabilities());
        PutResult result = file.isLarge() ? inParts(file, key, options, watcher) : whole(file, key, options, watcher);
        return switch (result) {
            case PutResult.Stored stored -> Outcome.UPLOADED;
            case PutResult.Exists exists -> taken(key);
        };
    }

    private Optional<ObjectInfo> head(ObjectKey key) {
        try {
            return Optional.of(bucket.store().head(key));
        } catch (CloudException failed) {
            if (failed.problem() == Problem.OBJECT_NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private boolean isSame(ObjectInfo object, HashedFile file) {
        if (object.size() != file.shape().size()) {
            return false;
        }
        Optional<String> noted = Optional.ofNullable(object.metadata().get(PutOptions.SHA256));
        if (noted.isPresent()) {
            return noted.get().equals(file.sha256());
        }
        try {
            return Comparison.same(bucket, object, file.path().toRealPath(), new SystemDisk());
        } catch (IOException unreadable) {
            throw FileHash.notReadable(file.path(), unreadable.getClass().getSimpleName());
        }
    }

    private WriteMode mode(HashedFile file) {
        boolean possible = file.isLarge()
                ? bucket.store().capabilities().createOnlyInParts()
                : bucket.store().capabilities().createOnly();
        return ifTaken != IfTaken.OVERWRITE && possible ? WriteMode.CREATE_ONLY : WriteMode.REPLACE;
    }

    private Outcome taken(ObjectKey key) {
        if (ifTaken == IfTaken.SKIP) {
            return Outcome.TAKEN;
        }
        throw new CloudException(
                Problem.OBJECT_EXISTS, Map.of("uri", bucket.keys().uri(key)));
    }

    private PutResult whole(HashedFile file, ObjectKey key, PutOptions options, UploadWatcher watcher) {
        PutResult result = bucket.store().put(key, file.whole(), options);
        watcher.moved(file.shape().size());
        return result;
    }

    private PutResult inParts(HashedFile file, ObjectKey key, PutOptions options, UploadWatcher watcher) {
        removeForgotten();
        Optional<UploadNotes.Note> begun = notes.find(place, key, file.sha256());
        if (begun.isPresent()) {
            try {
                return send(file, begun.get(), options.mode(), watcher);
            } catch (CloudException failed) {
                if (failed.problem() != Problem.UPLOAD_GONE) {
                    throw failed;
                }
                remove(begun.get());
            }
        }
        MultipartUpload upload = bucket.store().multipart().create(key, options);
        UploadNotes.Note note = new UploadNotes.Note(place, upload, file.sha256());
        write(note);
        return send(file, note, options.mode(), watcher);
    }

    private PutResult send(HashedFile file, UploadNotes.Note note, WriteMode mode, UploadWatcher watcher) {
        MultipartUploads uploads = bucket.store().multipart();
        SentParts parts = new SentParts(uploads, note.upload(), file.plan());
        parts.recall(watcher::moved);
        try (Crew crew = new Crew(WIDTH)) {
            for (int number : parts.missing()) {
                crew.start(() -> {
                    parts.send(number, file.part(number));
                    watcher.moved(file.plan().range(number - 1).length());
                });
            }
            crew.join();
        } catch (CloudException refused) {
            // The store refuses what is not what was hashed.
            requireUnchanged(file, note);
            throw refused;
        }
        requireUnchanged(file, note);
        PutResult result = uploads.complete(note.upload(), parts.all(), mode);
        if (result instanceof PutResult.Exists) {
            uploads.abort(note.upload());
        }
        remove(note);
        return result;
    }

    private void requireUnchanged(HashedFile file, UploadNotes.Note note) {
        if (!file.isUnchanged()) {
            bucket.store().multipart().abort(note.upload());
            remove(note);
            throw new CloudException(
                    Problem.FILE_CHANGED, Map.of("path", file.path().toString()));
        }
    }

    /** Ours only: they are in our notes. */
    private void removeForgotten() {
        for (UploadNotes.Note note : notes.forgotten(place)) {
            bucket.store().multipart().abort(note.upload());
            remove(note);
        }
    }

    private void write(UploadNotes.Note note) {
        try {
            notes.write(note);
        } catch (IOException notNoted) {
            // It is uploaded all the same; only a killed upload could not be gone on with.
        }
    }

    private void remove(UploadNotes.Note note) {
        try {
            notes.remove(note);
        } catch (IOException stays) {
            // The store will say that there is no such upload, and then it is begun anew.
        }
    }
}
