package comfybucket.models.cache;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.transfer.Downloader;
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.Landing;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Models from buckets in ComfyUI's model folders. */
public final class ModelCache {
    private static final String ETAG = ".s3etag";

    /**
     * The model on this machine: a copy that is there, or a new download.
     *
     * @throws CloudException what the store says; {@link Problem#MODEL_HASH_MISMATCH}, what the check refuses;
     *     {@link Problem#DISK_FULL}, {@link Problem#FOLDER_NOT_WRITABLE}
     * @throws java.util.concurrent.CancellationException within a second of this thread's interruption; what has
     *     arrived is kept for the next call
     */
    public ModelFile fetch(
            Bucket bucket, ObjectKey key, ModelPlace place, FetchOptions options, TransferProgress progress) {
        long start = System.nanoTime();
        ObjectInfo object = bucket.store().head(key);
        Landing landing = new Landing(place.folder());
        Path file = landing.file(key.value().substring(key.value().lastIndexOf('/') + 1));
        landing.prepare(file);
        Path etag = file.resolveSibling(file.getFileName() + ETAG);
        String quoted = "\"" + object.etag() + "\"";
        try {
            boolean cached = !options.force()
                    && Files.exists(file)
                    && Files.exists(etag)
                    && Files.readString(etag).strip().equals(quoted);
            if (!cached) {
                AtomicLong done = new AtomicLong();
                new Downloader(bucket, IfTaken.OVERWRITE)
                        .download(key, file, count -> progress.update(done.addAndGet(count), object.size()));
                check(file, options.check());
                Files.writeString(etag, quoted);
            }
            return new ModelFile(
                    file,
                    place.folder().toAbsolutePath().normalize().relativize(file).toString(),
                    cached ? Outcome.CACHED : Outcome.DOWNLOADED,
                    object.size(),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException refused) {
            throw new CloudException(
                    Problem.FOLDER_NOT_WRITABLE,
                    Map.of(
                            "folder", place.folder().toString(),
                            "reason", refused.getClass().getSimpleName()));
        }
    }

    private static void check(Path file, ContentCheck check) throws IOException {
        boolean accepted = false;
        try (FileChannel bytes = FileChannel.open(file)) {
            ByteBuffer first = ByteBuffer.allocate((int) Math.min(ContentCheck.BEGINNING, bytes.size()));
            while (first.hasRemaining() && bytes.read(first) >= 0) {}
            check.beginning(first.flip().asReadOnlyBuffer(), bytes.size());
            check.whole(bytes.position(0));
            accepted = true;
        } finally {
            if (!accepted) {
                Files.deleteIfExists(file);
            }
        }
    }
}
