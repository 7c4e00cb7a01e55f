package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ByteRange;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.MultipartUploads;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Puts files into a bucket, with what its profile says about everything that is saved. */
public final class Uploader {
    /** Parts of one file at a time; how many requests run in all is the store's to limit. */
    private static final int WIDTH = 8;

    private final Bucket bucket;
    private final IfTaken ifTaken;

    /** @throws CloudException {@link Problem#PROFILE_READ_ONLY} */
    public Uploader(Bucket bucket, IfTaken ifTaken) {
        bucket.profile().requireWritable();
        this.bucket = bucket;
        this.ifTaken = ifTaken;
    }

    /**
     * @param moved is told how many more bytes have arrived
     * @return whether the file was uploaded, and not left out because the key is taken
     * @throws CloudException {@link Problem#OBJECT_EXISTS}, {@link Problem#FILE_NOT_READABLE} or
     *     {@link Problem#FILE_CHANGED}, in which case the key is as it was
     */
    public boolean upload(Path file, ObjectKey key, LongConsumer moved) {
        Shape shape = Shape.of(file);
        if (mustLookFirst(shape) && bucket.has(key)) {
            return taken(key);
        }
        PutOptions options = bucket.profile()
                .saving()
                .options(
                        PutOptions.REPLACE
                                .withMode(mode())
                                .withContentType(
                                        ContentTypes.of(file.getFileName().toString())),
                        bucket.store().capabilities());
        PutResult result = shape.size() <= Parts.WHOLE
                ? whole(file, shape, key, options, moved)
                : inParts(file, shape, key, options, moved);
        return switch (result) {
            case PutResult.Stored stored -> true;
            case PutResult.Exists exists -> taken(key);
        };
    }

    private WriteMode mode() {
        boolean careful =
                ifTaken != IfTaken.OVERWRITE && bucket.store().capabilities().createOnly();
        return careful ? WriteMode.CREATE_ONLY : WriteMode.REPLACE;
    }

    /** Where the store cannot refuse the write itself, and where it would do so only after all the bytes. */
    private boolean mustLookFirst(Shape shape) {
        return ifTaken != IfTaken.OVERWRITE && (mode() == WriteMode.REPLACE || shape.size() > Parts.WHOLE);
    }

    private boolean taken(ObjectKey key) {
        if (ifTaken == IfTaken.SKIP) {
            return false;
        }
        throw new CloudException(
                Problem.OBJECT_EXISTS, Map.of("uri", bucket.keys().uri(key)));
    }

    private PutResult whole(Path file, Shape shape, ObjectKey key, PutOptions options, LongConsumer moved) {
        PutResult result = bucket.store().put(key, Payload.of(file, 0, shape.size()), options);
        moved.accept(shape.size());
        return result;
    }

    private PutResult inParts(Path file, Shape shape, ObjectKey key, PutOptions options, LongConsumer moved) {
        MultipartUploads uploads = bucket.store().multipart();
        PutOptions hashed = options.withMetadata(Map.of(PutOptions.SHA256, FileHash.sha256(file)));
        MultipartUpload upload = uploads.create(key, hashed);
        boolean stored = false;
        try {
            List<Part> parts = send(file, Parts.of(shape.size()), upload, moved);
            if (!shape.equals(Shape.of(file))) {
                throw new CloudException(Problem.FILE_CHANGED, Map.of("path", file.toString()));
            }
            PutResult result = uploads.complete(upload, parts, options.mode());
            stored = result instanceof PutResult.Stored;
            return result;
        } finally {
            if (!stored) {
                giveUp(upload);
            }
        }
    }

    private List<Part> send(Path file, Parts plan, MultipartUpload upload, LongConsumer moved) {
        Part[] sent = new Part[plan.count()];
        try (Crew crew = new Crew(WIDTH)) {
            for (int i = 0; i < sent.length; i++) {
                int index = i;
                ByteRange range = plan.range(index);
                crew.start(() -> {
                    Payload payload = Payload.of(file, range.offset(), range.length());
                    sent[index] = bucket.store().multipart().upload(upload, index + 1, payload);
                    moved.accept(range.length());
                });
            }
            crew.join();
        }
        return Arrays.asList(sent);
    }

    /** Also on an interrupted thread, where every request would end at once. */
    private void giveUp(MultipartUpload upload) {
        boolean interrupted = Thread.interrupted();
        try {
            bucket.store().multipart().abort(upload);
        } catch (CloudException stays) {
            // The failure that led here is the one to tell; nothing of an upload is visible before it is completed.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** By what a file shows that it was changed. */
    private record Shape(long size, FileTime modified) {
        static Shape of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (!attributes.isRegularFile()) {
                    throw FileHash.notReadable(file, "it is no file");
                }
                return new Shape(attributes.size(), attributes.lastModifiedTime());
            } catch (IOException unreadable) {
                throw FileHash.notReadable(file, unreadable.getClass().getSimpleName());
            }
        }
    }
}
