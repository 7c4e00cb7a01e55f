package comfybucket.media.cache;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.OwnerOnly;
import comfybucket.files.SystemDisk;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectSummary;
import comfybucket.transfer.Beginning;
import comfybucket.transfer.Download;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/**
 * Makes a file of one version of an object, in a folder that is there: whole, verified and forced to disk, or not at all.
 */
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

    /** Goes on with what a process that was killed has left; what is cancelled leaves nothing. */
    private static void inPieces(Bucket bucket, ObjectSummary version, Path file, TransferProgress progress)
            throws IOException {
        ObjectInfo object = bucket.store().head(version.key());
        if (!object.etag().equals(version.etag())) {
            throw new CloudException(
                    Problem.OBJECT_CHANGED, Map.of("uri", bucket.keys().uri(version.key())));
        }
        try (Download download = Download.begin(bucket, object, file, new SystemDisk())) {
            try {
                OwnerOnly.makeFile(download.bytes());
                download.fill(progress, Beginning.ANY, false);
                download.replace(Instant.now());
            } catch (CancellationException cancelled) {
                download.giveUp();
                throw cancelled;
            }
        }
    }

    private static void write(ObjectContent content, Path file, TransferProgress progress) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (FileChannel channel = FileChannel.open(part, create, OwnerOnly.file())) {
                copy(content, channel, progress);
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void copy(ObjectContent content, FileChannel channel, TransferProgress progress) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long done = 0;
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
            done += count;
            progress.update(done, content.info().size());
        }
    }
}
