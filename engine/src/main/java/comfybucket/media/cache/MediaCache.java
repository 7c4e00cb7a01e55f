package comfybucket.media.cache;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.OwnerOnly;
import comfybucket.files.SystemDisk;
import comfybucket.profile.Machine;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import comfybucket.transfer.DiskTrouble;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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
        Versions versions = Versions.of(place.folder(), bucket, key);
        return turns.take(
                versions,
                () -> versions.any()
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
        Versions versions = Versions.of(place.folder(), bucket, version.key());
        return turns.take(versions, () -> find(bucket, version, progress));
    }

    private Path find(Bucket bucket, ObjectSummary version, TransferProgress progress) {
        Path file = Versions.of(place.folder(), bucket, version.key()).file(version);
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
        Path file = Versions.of(place.folder(), bucket, version.key()).file(version);
        try {
            OwnerOnly.makeFolder(file.getParent());
            room.make(
                    place.folder(),
                    version.size(),
                    bucket.profile().limits().mediaCache().orElse(USUAL_LIMIT));
            fetch.into(file);
            return file;
        } catch (IOException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            if (isHere(file, version.size())) {
                // Another process has put it there, and somebody reads it: on Windows it cannot be replaced then.
                return file;
            }
            throw DiskTrouble.of(failed, place.folder(), version.size(), new SystemDisk());
        }
    }
}
