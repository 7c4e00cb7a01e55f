package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Folders;
import comfybucket.storage.ByteRange;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/** Makes files of objects: one version, verified, on disk, and then under its name, or no file at all. */
public final class Downloader {
    private static final int WIDTH = 8;
    private static final int BUFFER = 1 << 18;

    private final Bucket bucket;
    private final IfTaken ifTaken;

    public Downloader(Bucket bucket, IfTaken ifTaken) {
        this.bucket = bucket;
        this.ifTaken = ifTaken;
    }

    /**
     * @param file in a folder that is there
     * @param moved is told how many more bytes have arrived
     * @return whether the object was downloaded, and not left out because the file is there
     * @throws CloudException {@link Problem#FILE_EXISTS}, {@link Problem#FOLDER_NOT_WRITABLE}, {@link Problem#DISK_FULL},
     *     or what the store says
     */
    public boolean download(ObjectKey key, Path file, LongConsumer moved) {
        if (ifTaken != IfTaken.OVERWRITE && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return taken(file);
        }
        ObjectInfo object = bucket.store().head(key);
        Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            requireRoom(file.getParent(), object.size());
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                fetch(object, channel, part, moved);
                channel.force(true);
            }
            return publish(part, file);
        } catch (IOException | UncheckedIOException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Cancelled");
            }
            Throwable cause = failed instanceof UncheckedIOException ? failed.getCause() : failed;
            throw Landing.notWritable(file.getParent(), cause.getClass().getSimpleName());
        } finally {
            delete(part);
        }
    }

    private void fetch(ObjectInfo object, FileChannel channel, Path part, LongConsumer moved) throws IOException {
        GetOptions version = GetOptions.WHOLE.withIfMatch(object.etag());
        if (object.size() <= Parts.WHOLE) {
            copy(object.key(), version, 0, channel, moved);
            return;
        }
        Parts plan = Parts.of(object.size());
        try (Crew crew = new Crew(WIDTH)) {
            for (int i = 0; i < plan.count(); i++) {
                ByteRange range = plan.range(i);
                crew.start(() -> copy(object.key(), version.withRange(range), range.offset(), channel, moved));
            }
            crew.join();
        }
        try (InputStream bytes = Files.newInputStream(part)) {
            bucket.store().verify(object, bytes);
        }
    }

    private void copy(ObjectKey key, GetOptions wanted, long offset, FileChannel channel, LongConsumer moved) {
        byte[] buffer = new byte[BUFFER];
        try (ObjectContent content = bucket.store().get(key, wanted)) {
            long position = offset;
            for (int count = content.bytes().read(buffer);
                    count >= 0;
                    count = content.bytes().read(buffer)) {
                ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count);
                while (rest.hasRemaining()) {
                    position += channel.write(rest, position);
                }
                moved.accept(count);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Under its name at one moment, and never in the place of a file that came in between. */
    private boolean publish(Path part, Path file) throws IOException {
        if (ifTaken == IfTaken.OVERWRITE) {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            try {
                link(part, file);
            } catch (FileAlreadyExistsException there) {
                return taken(file);
            }
        }
        Folders.force(file.getParent());
        return true;
    }

    private static void link(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.move(part, file);
        }
    }

    private boolean taken(Path file) {
        if (ifTaken == IfTaken.SKIP) {
            return false;
        }
        throw new CloudException(Problem.FILE_EXISTS, Map.of("path", file.toString()));
    }

    private static void requireRoom(Path folder, long needed) throws IOException {
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < needed) {
            throw new CloudException(
                    Problem.DISK_FULL,
                    Map.of(
                            "needed", needed + " bytes",
                            "folder", folder.toString(),
                            "missing", needed - room + " bytes"));
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            // It keeps its name, which says what it is; the transfer's own outcome is the one to tell.
        }
    }
}
