package comfybucket.store.disk;

import comfybucket.store.disk.RefusedException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Multipart uploads: a directory for each, with a file for each part, until they become an object or are aborted. */
public final class Uploads {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final String ABOUT = "about";
    /** Says that the upload has become an object, so that a client that missed the answer may ask again. */
    private static final String DONE = "done";

    private static final Duration REMEMBER_DONE = Duration.ofDays(1);

    private final Path root;
    private final Buckets buckets;
    private final ObjectFiles objects;
    private final Staging staging;
    private final KeyLocks locks;

    Uploads(Path root, Buckets buckets, ObjectFiles objects, Staging staging, KeyLocks locks) {
        this.root = root;
        this.buckets = buckets;
        this.objects = objects;
        this.staging = staging;
        this.locks = locks;
    }

    /** What a complete came to. */
    public record Completed(String etag, Optional<ObjectMeta.Checksum> checksum) {}

    /** Begins an upload; see {@link Upload} for the parameters. */
    public Upload begin(String bucket, String key, ObjectMeta template, Optional<ObjectMeta.Checksum> checksum)
            throws IOException {
        buckets.check(bucket);
        String id = UUID.randomUUID().toString().replace("-", "");
        Upload upload = new Upload(id, bucket, key, Instant.now(), template, checksum);
        Files.createDirectories(directory(id));
        write(id, ABOUT, UploadFields.write(upload));
        return upload;
    }

    private void write(String id, String name, Map<String, String> fields) throws IOException {
        byte[] text = Fields.write(fields);
        try (StagedFile staged = staging.create()) {
            staged.write(text, 0, text.length);
            staged.moveTo(directory(id).resolve(name));
        }
        staging.forceDirectory(directory(id));
    }

    private Path directory(String id) {
        return root.resolve(id);
    }

    private Optional<Map<String, String>> read(String id, String name) throws IOException {
        try {
            return ID.matcher(id).matches()
                    ? Fields.read(Files.readAllBytes(directory(id).resolve(name)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The upload of that id, which is one of that bucket and key and not yet complete. */
    public Upload require(String bucket, String key, String id) throws IOException {
        buckets.check(bucket);
        Upload upload = find(id).filter(
                        found -> found.bucket().equals(bucket) && found.key().equals(key))
                .orElseThrow(() -> noSuchUpload(id));
        if (read(id, DONE).isPresent()) {
            throw noSuchUpload(id);
        }
        return upload;
    }

    private Optional<Upload> find(String id) throws IOException {
        return read(id, ABOUT).flatMap(fields -> UploadFields.read(id, fields));
    }

    private static RefusedException noSuchUpload(String id) {
        return new RefusedException(Reason.NO_SUCH_UPLOAD, "No such upload: " + id);
    }

    /** An empty file to write a part into. */
    public StagedFile stage() throws IOException {
        return staging.create();
    }

    /** Adds a part, in place of an earlier one of that number. */
    public Part put(Upload upload, int number, StagedFile staged, String etag, Optional<ObjectMeta.Checksum> checksum)
            throws IOException {
        Identity identity = staged.stamp();
        staged.finish();
        Part part = new Part(number, etag, checksum, identity.size(), identity.time());
        locks.holding(upload.bucket(), upload.id(), () -> {
            require(upload.bucket(), upload.key(), upload.id());
            List<Part> before = parts(upload);
            Publish.replace(staged.path(), directory(upload.id()).resolve(part.fileName()));
            for (Part old : before) {
                if (old.number() == number && !old.fileName().equals(part.fileName())) {
                    Files.deleteIfExists(directory(upload.id()).resolve(old.fileName()));
                }
            }
            return null;
        });
        staging.forceDirectory(directory(upload.id()));
        return part;
    }

    /** The parts so far, by number. */
    public List<Part> parts(Upload upload) throws IOException {
        Map<Integer, Part> parts = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(upload.id()))) {
            for (Path file : files) {
                Optional<Identity> identity = Identity.at(file);
                if (identity.isPresent()) {
                    Part.fromFile(file.getFileName().toString(), identity.get())
                            .ifPresent(part -> parts.merge(
                                    part.number(), part, (a, b) -> a.modified().isAfter(b.modified()) ? a : b));
                }
            }
        } catch (NoSuchFileException e) {
            throw noSuchUpload(upload.id());
        }
        return parts.values().stream()
                .sorted(Comparator.comparingInt(Part::number))
                .toList();
    }

    /** The bytes of a part, for a reader that wants them again. */
    private FileChannel open(Upload upload, Part part) throws IOException {
        try {
            return FileChannel.open(directory(upload.id()).resolve(part.fileName()), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new RefusedException(Reason.NO_SUCH_PART, "No such part: " + part.number());
        }
    }

    /** What an upload came to that is complete already. */
    public Optional<Completed> completed(String bucket, String key, String id) throws IOException {
        boolean ours = find(id).filter(
                        found -> found.bucket().equals(bucket) && found.key().equals(key))
                .isPresent();
        return ours
                ? read(id, DONE)
                        .flatMap(fields -> ObjectMeta.fromFields(fields, key))
                        .map(Uploads::completed)
                : Optional.empty();
    }

    private static Completed completed(ObjectMeta meta) {
        return new Completed(meta.etag(), meta.checksum());
    }

    /** Makes the parts, in this order, an object with this metadata. */
    public Completed complete(Upload upload, List<Part> parts, ObjectMeta meta, Precondition precondition)
            throws IOException {
        try (StagedFile whole = staging.create()) {
            for (Part part : parts) {
                try (FileChannel bytes = open(upload, part)) {
                    whole.append(bytes, 0, part.size());
                }
            }
            objects.publish(upload.bucket(), upload.key(), whole, meta, precondition);
        }
        write(upload.id(), DONE, meta.toFields(upload.key()));
        for (Part part : parts(upload)) {
            Files.deleteIfExists(directory(upload.id()).resolve(part.fileName()));
        }
        return completed(meta);
    }

    /** Forgets an upload and its parts. */
    public void abort(Upload upload) throws IOException {
        locks.holding(upload.bucket(), upload.id(), () -> {
            remove(directory(upload.id()));
            return null;
        });
    }

    private static void remove(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(files::add);
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }

    /** The uploads of a bucket that are neither complete nor aborted, by key and then by time. */
    public List<Upload> list(String bucket) throws IOException {
        buckets.check(bucket);
        List<Upload> uploads = new ArrayList<>();
        for (String id : ids()) {
            Optional<Upload> upload = find(id).filter(found -> found.bucket().equals(bucket));
            if (upload.isPresent() && read(id, DONE).isEmpty()) {
                uploads.add(upload.get());
            }
        }
        uploads.sort(Comparator.comparing(Upload::key, Utf8Order.INSTANCE).thenComparing(Upload::begun));
        return uploads;
    }

    private List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root)) {
            directories.forEach(directory -> ids.add(directory.getFileName().toString()));
        }
        return ids;
    }

    /** Forgets what became an object long ago. */
    void sweep() throws IOException {
        Instant then = Instant.now().minus(REMEMBER_DONE);
        for (String id : ids()) {
            Optional<Identity> done = Identity.at(directory(id).resolve(DONE));
            if (done.isPresent() && done.get().time().isBefore(then)) {
                remove(directory(id));
            }
        }
    }
}
