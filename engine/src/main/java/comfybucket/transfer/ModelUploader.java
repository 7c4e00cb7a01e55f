package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.SystemDisk;
import comfybucket.storage.ByteRange;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.MultipartUploads;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

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
     * @param moved is told how many more bytes have arrived, those of an earlier try included
     * @throws CloudException {@link Problem#OBJECT_EXISTS}, {@link Problem#FILE_NOT_READABLE},
     *     {@link Problem#FILE_CHANGED}, or what the store says
     */
    public Outcome upload(Path file, ObjectKey key, LongConsumer moved) {
        FileShape shape = FileShape.of(file);
        if (shape.size() <= Parts.WHOLE) {
            return upload(file, shape, FileHash.sha256(file), key, moved);
        }
        return turns.take(() -> FileHash.sha256(file), sha256 -> upload(file, shape, sha256, key, moved));
    }

    private Outcome upload(Path file, FileShape shape, String sha256, ObjectKey key, LongConsumer moved) {
        Optional<ObjectInfo> there = head(key);
        if (there.isPresent()) {
            if (isSame(there.get(), file, shape, sha256)) {
                return Outcome.SAME;
            }
            if (ifTaken != IfTaken.OVERWRITE) {
                return taken(key);
            }
        }
        PutOptions options = bucket.profile()
                .saving()
                .options(
                        PutOptions.REPLACE.withMode(mode(shape)).withMetadata(Map.of(PutOptions.SHA256, sha256)),
                        bucket.store().capabilities());
        PutResult result = shape.size() <= Parts.WHOLE
                ? whole(file, shape, key, options, moved)
                : inParts(file, shape, key, sha256, options, moved);
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

    private boolean isSame(ObjectInfo object, Path file, FileShape shape, String sha256) {
        Optional<String> noted = Optional.ofNullable(object.metadata().get(PutOptions.SHA256));
        if (object.size() != shape.size() || noted.isPresent()) {
            return object.size() == shape.size() && noted.filter(sha256::equals).isPresent();
        }
        try {
            return Comparison.same(bucket, object, file.toRealPath(), new SystemDisk());
        } catch (IOException unreadable) {
            throw FileHash.notReadable(file, unreadable.getClass().getSimpleName());
        }
    }

    private WriteMode mode(FileShape shape) {
        boolean possible = shape.size() <= Parts.WHOLE
                ? bucket.store().capabilities().createOnly()
                : bucket.store().capabilities().createOnlyInParts();
        return ifTaken != IfTaken.OVERWRITE && possible ? WriteMode.CREATE_ONLY : WriteMode.REPLACE;
    }

    private Outcome taken(ObjectKey key) {
        if (ifTaken == IfTaken.SKIP) {
            return Outcome.TAKEN;
        }
        throw new CloudException(
                Problem.OBJECT_EXISTS, Map.of("uri", bucket.keys().uri(key)));
    }

    private PutResult whole(Path file, FileShape shape, ObjectKey key, PutOptions options, LongConsumer moved) {
        PutResult result = bucket.store().put(key, Payload.of(file, 0, shape.size()), options);
        moved.accept(shape.size());
        return result;
    }

    private PutResult inParts(
            Path file, FileShape shape, ObjectKey key, String sha256, PutOptions options, LongConsumer moved) {
        removeForgotten();
        Optional<UploadNotes.Note> begun = notes.find(place, key, sha256);
        if (begun.isPresent()) {
            try {
                return send(file, shape, begun.get(), options.mode(), moved);
            } catch (CloudException failed) {
                if (failed.problem() != Problem.UPLOAD_GONE) {
                    throw failed;
                }
                remove(begun.get());
            }
        }
        MultipartUpload upload = bucket.store().multipart().create(key, options);
        UploadNotes.Note note = new UploadNotes.Note(
                place, upload, sha256, Parts.of(shape.size()).length());
        write(note);
        return send(file, shape, note, options.mode(), moved);
    }

    private PutResult send(Path file, FileShape shape, UploadNotes.Note note, WriteMode mode, LongConsumer moved) {
        MultipartUploads uploads = bucket.store().multipart();
        Parts plan = new Parts(shape.size(), note.part());
        SentParts parts = new SentParts(uploads, note.upload(), plan);
        parts.recall(moved);
        try (Crew crew = new Crew(WIDTH)) {
            for (int number : parts.missing()) {
                ByteRange range = plan.range(number - 1);
                crew.start(() -> {
                    parts.send(number, Payload.of(file, range.offset(), range.length()));
                    moved.accept(range.length());
                });
            }
            crew.join();
        }
        if (!shape.equals(FileShape.of(file))) {
            uploads.abort(note.upload());
            remove(note);
            throw new CloudException(Problem.FILE_CHANGED, Map.of("path", file.toString()));
        }
        PutResult result = uploads.complete(note.upload(), parts.all(), mode);
        if (result instanceof PutResult.Exists) {
            uploads.abort(note.upload());
        }
        remove(note);
        return result;
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
