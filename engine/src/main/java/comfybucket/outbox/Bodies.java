package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.Image8;
import comfybucket.storage.Payload;
import comfybucket.transfer.FileUpload;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/** Makes what is sent of what was kept: a picture is encoded now. */
final class Bodies {
    /** Pictures at a time; what else runs on this machine was waited for by nobody. */
    private final Semaphore encoders =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final OutboxFolder folder;

    Bodies(OutboxFolder folder) {
        this.folder = folder;
    }

    /**
     * @throws CloudException {@link Problem#JOB_DAMAGED}, {@link Problem#FILE_CHANGED} or
     *     {@link Problem#FILE_NOT_READABLE}
     */
    Body of(Job job, Bucket bucket) throws IOException {
        return job.content().body(this, bucket);
    }

    Body stored(Content.Stored file, Bucket bucket) throws IOException {
        return new Body.OnDisk(new FileUpload(bucket, whole(file.name(), file.size())));
    }

    Body encoded(Content.Picture picture, Bucket bucket) throws IOException {
        return new Body.InMemory(bucket, Payload.of(encode(picture, whole(picture.name(), picture.size()))));
    }

    Body elsewhere(Content.Elsewhere file, Bucket bucket) throws IOException {
        FileUpload upload = new FileUpload(bucket, file.file());
        requireUnchanged(file);
        return new Body.OnDisk(upload);
    }

    /**
     * The finished file of a picture, also of one that was cut short: what is missing of it is black then.
     *
     * @throws CloudException {@link Problem#JOB_DAMAGED} when nothing is left of it
     */
    byte[] rest(Content.Picture picture) throws IOException {
        Path file = folder.file(picture.name());
        boolean isCut = Files.exists(file) && Files.size(file) > 0 && Files.size(file) < picture.size();
        return encode(picture, isCut ? file : whole(picture.name(), picture.size()));
    }

    private byte[] encode(Content.Picture picture, Path file) throws IOException {
        try {
            encoders.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            int samples = Math.toIntExact(picture.samples());
            boolean isCut = bytes.length < picture.size();
            byte[] whole = isCut ? Arrays.copyOf(bytes, samples) : bytes;
            Image8 image = new Image8(
                    picture.width(),
                    picture.height(),
                    picture.channels(),
                    MemorySegment.ofArray(whole).asSlice(0, samples));
            byte[] workflow = isCut ? new byte[0] : Arrays.copyOfRange(bytes, samples, bytes.length);
            return picture.recipe().encode(image, Workflows.read(workflow));
        } finally {
            encoders.release();
        }
    }

    private Path whole(String name, long size) throws IOException {
        Path file = folder.file(name);
        long actual = Files.exists(file) ? Files.size(file) : 0;
        if (actual != size) {
            throw new CloudException(
                    Problem.JOB_DAMAGED, Map.of("path", file.toString(), "actual", "" + actual, "expected", "" + size));
        }
        return file;
    }

    private static void requireUnchanged(Content.Elsewhere wanted) throws IOException {
        BasicFileAttributes now = Files.readAttributes(wanted.file(), BasicFileAttributes.class);
        Instant modified = now.lastModifiedTime().toInstant();
        if (now.size() != wanted.size() || !modified.equals(wanted.modified())) {
            throw new CloudException(
                    Problem.FILE_CHANGED, Map.of("path", wanted.file().toString()));
        }
    }
}
