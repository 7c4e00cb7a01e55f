package comfybucket.media.cache;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.OwnerOnly;
import comfybucket.profile.Machine;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Loaded objects as files in a private folder, whole and verified. Several processes may use one folder at once. Who gets
 * a file reads it at once, or touches it more often than every {@link Room#IN_USE} for as long as it is needed.
 */
public final class MediaCache {
    /** What the files may take together when the profile does not say. */
    private static final long USUAL_LIMIT = 2L << 30;

    private final Place place;
    private final Room room = new Room();
    private final Turns turns = new Turns();

    /** @param folder is made when it is needed */
    public MediaCache(Path folder) {
        this.place = new Place(folder);
    }

    /** The one that all engines of a user share. */
    public static MediaCache of(Machine machine) {
        return new MediaCache(machine.cacheFolder().resolve("media"));
    }

    /**
     * An object as a file.
     *
     * @param file not to be changed or removed by who gets it
     */
    public record Loaded(Path file, ObjectInfo object) {}

    /**
     * The newest version of an object. It costs a HEAD when its file is here, a GET when the object is small and no file of
     * it has ever been here, and else a HEAD and its bytes.
     *
     * @throws CloudException {@link Problem#FOLDER_NOT_WRITABLE}, {@link Problem#DISK_FULL}, or what the store says
     */
    public Loaded newest(Bucket bucket, ObjectKey key, TransferProgress progress) {
        Path object = Slot.folder(place.folder(), bucket, key);
        return turns.take(
                object,
                () -> Files.isDirectory(object)
                        ? found(bucket, bucket.store().head(key), progress)
                        : first(bucket, key, progress));
    }

    /** Without a HEAD: the bytes are wanted in any case, and the answer to GET says as much. */
    private Loaded first(Bucket bucket, ObjectKey key, TransferProgress progress) {
        ObjectInfo object;
        try (ObjectContent content = bucket.store().get(key, GetOptions.WHOLE)) {
            object = content.info();
            if (object.size() <= Fetch.ONE_REQUEST) {
                return new Loaded(keep(bucket, object.summary(), Fetch.of(content, progress)), object);
            }
        }
        return found(bucket, object, progress);
    }

    private Loaded found(Bucket bucket, ObjectInfo object, TransferProgress progress) {
        return new Loaded(find(bucket, object.summary(), progress), object);
    }

    /**
     * One version of an object, as HEAD or a listing told it. It costs nothing when its file is here.
     *
     * @throws CloudException as {@link #newest}, and {@link Problem#OBJECT_CHANGED} when another version is there now
     */
    public Path version(Bucket bucket, ObjectSummary version, TransferProgress progress) {
        return turns.take(Slot.folder(place.folder(), bucket, version.key()), () -> find(bucket, version, progress));
    }

    private Path find(Bucket bucket, ObjectSummary version, TransferProgress progress) {
        Path file = Slot.file(place.folder(), bucket, version);
        return isHere(file, version.size()) ? file : keep(bucket, version, Fetch.of(bucket, version, progress));
    }

    private static boolean isHere(Path file, long size) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() != size) {
                return false;
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private Path keep(Bucket bucket, ObjectSummary version, Fetch fetch) {
        Path folder = place.folder();
        Path part = Part.in(folder);
        try {
            OwnerOnly.makeFolder(folder);
            room.make(
                    folder,
                    version.size(),
                    bucket.profile().limits().mediaCache().orElse(USUAL_LIMIT));
            fetch.into(part);
            Path file = Slot.file(folder, bucket, version);
            publish(part, file, version.size());
            return file;
        } catch (IOException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            throw new CloudException(
                    Problem.FOLDER_NOT_WRITABLE,
                    Map.of("folder", folder.toString(), "reason", String.valueOf(failed.getMessage())),
                    failed);
        } finally {
            delete(part);
        }
    }

    private static void publish(Path part, Path file, long size) throws IOException {
        Files.createDirectories(file.getParent(), OwnerOnly.folder());
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException notMoved) {
            // Another process has put the same there and somebody reads it (Windows), or took the empty folder away.
            if (!isHere(file, size)) {
                Files.createDirectories(file.getParent(), OwnerOnly.folder());
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            // It is removed when room is made.
        }
    }
}
