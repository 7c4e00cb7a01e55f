package comfybucket.media.cache;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.OwnerOnly;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectSummary;
import comfybucket.transfer.Downloader;
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** Brings the bytes of one version of an object into a new file: all of them, verified and forced to disk. */
@FunctionalInterface
interface Fetch {
    /** What is larger comes in pieces side by side, and for that it must be known before how large it is. */
    long ONE_REQUEST = 32L << 20;

    int CHUNK = 256 * 1024;

    void into(Path file) throws IOException;

    /** What a request that is open already brings. */
    static Fetch of(ObjectContent content, TransferProgress progress) {
        return file -> write(content, file, progress);
    }

    /** {@link Problem#OBJECT_CHANGED} when another version is there now. */
    static Fetch of(Bucket bucket, ObjectSummary version, TransferProgress progress) {
        return version.size() > ONE_REQUEST
                ? file -> inPieces(bucket, version, file, progress)
                : file -> inOne(bucket, version, file, progress);
    }

    private static void inOne(Bucket bucket, ObjectSummary version, Path file, TransferProgress progress)
            throws IOException {
        GetOptions wanted = GetOptions.WHOLE.withIfMatch(version.etag());
        try (ObjectContent content = bucket.store().get(version.key(), wanted)) {
            write(content, file, progress);
        }
    }

    private static void inPieces(Bucket bucket, ObjectSummary version, Path file, TransferProgress progress)
            throws IOException {
        ObjectInfo object = bucket.store().head(version.key());
        if (!object.etag().equals(version.etag())) {
            throw new CloudException(
                    Problem.OBJECT_CHANGED, Map.of("uri", bucket.keys().uri(version.key())));
        }
        AtomicLong arrived = new AtomicLong();
        new Downloader(bucket, IfTaken.FAIL)
                .download(object, file, bytes -> progress.update(arrived.addAndGet(bytes), object.size()));
        OwnerOnly.makeFile(file);
    }

    private static void write(ObjectContent content, Path file, TransferProgress progress) throws IOException {
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, create, OwnerOnly.file())) {
            byte[] chunk = new byte[CHUNK];
            long arrived = 0;
            for (int count = content.bytes().read(chunk);
                    count >= 0;
                    count = content.bytes().read(chunk)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException();
                }
                ByteBuffer rest = ByteBuffer.wrap(chunk, 0, count);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                arrived += count;
                progress.update(arrived, content.info().size());
            }
            channel.force(true);
        }
    }
}
