package comfybucket.store.disk;

import comfybucket.store.disk.RefusedException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The objects of all buckets. Safe to use from many threads and by many processes on one folder. */
public final class ObjectFiles {
    private final Buckets buckets;
    private final KeyPaths paths;
    private final Sidecars sidecars;
    private final KeyLocks locks;
    private final Staging staging;

    ObjectFiles(Buckets buckets, KeyPaths paths, Sidecars sidecars, KeyLocks locks, Staging staging) {
        this.buckets = buckets;
        this.paths = paths;
        this.sidecars = sidecars;
        this.locks = locks;
        this.staging = staging;
    }

    /** An empty file to write a new object into. */
    public StagedFile stage() throws IOException {
        return staging.create();
    }

    /**
     * Makes a finished file an object. When this returns, the object is there for good; when it throws, nothing has
     * changed.
     *
     * @return when the object was written
     * @throws RefusedException when there is no such bucket, or the precondition does not hold
     */
    public Instant publish(String bucket, String key, StagedFile staged, ObjectMeta meta, Precondition precondition)
            throws IOException {
        Path root = buckets.require(bucket);
        Identity fresh = staged.stamp();
        boolean published = false;
        try {
            Together.run(staging.forces(), staged::finish, () -> sidecars.create(bucket, key, fresh, meta));
            Identity stamped = locks.holding(
                    bucket, key, () -> publishLocked(root, bucket, key, staged.path(), fresh, meta, precondition));
            published = true;
            return stamped.time();
        } finally {
            if (!published) {
                sidecars.delete(bucket, key, fresh);
            }
        }
    }

    private Identity publishLocked(
            Path root, String bucket, String key, Path staged, Identity stamp, ObjectMeta meta, Precondition rule)
            throws IOException {
        Path target = paths.find(root, key);
        Optional<Identity> current = Identity.at(target);
        check(rule, bucket, key, current);
        Identity fresh = stamp;
        if (current.isPresent() && current.get().equals(stamp)) {
            fresh = Identity.stampAfter(staged, stamp);
            sidecars.create(bucket, key, fresh, meta);
        }
        move(root, bucket, staged, target, rule instanceof Precondition.Absent);
        if (current.isPresent()) {
            sidecars.delete(bucket, key, current.get());
        }
        return fresh;
    }

    /**
     * Tells early whether {@link #publish} would be refused, as things are now.
     *
     * @throws RefusedException if so
     */
    public void check(String bucket, String key, Precondition precondition) throws IOException {
        Path root = buckets.require(bucket);
        if (!(precondition instanceof Precondition.None)) {
            check(precondition, bucket, key, Identity.at(paths.find(root, key)));
        }
    }

    private void check(Precondition rule, String bucket, String key, Optional<Identity> current) throws IOException {
        switch (rule) {
            case Precondition.None() -> {}
            case Precondition.Absent() -> {
                if (current.isPresent()) {
                    throw new RefusedException(Reason.PRECONDITION_FAILED, "The key is taken: " + key);
                }
            }
            case Precondition.Present(var test) -> {
                Identity identity =
                        current.orElseThrow(() -> new RefusedException(Reason.NO_SUCH_KEY, "No such key: " + key));
                if (!test.test(metaOf(bucket, key, identity))) {
                    throw new RefusedException(Reason.PRECONDITION_FAILED, "The object is another one: " + key);
                }
            }
        }
    }

    private void move(Path root, String bucket, Path staged, Path target, boolean createOnly) throws IOException {
        List<Path> changed = Folders.createParents(root, target);
        try {
            Folders.requireInside(root, target);
            if (createOnly) {
                Publish.createOnly(staged, target);
            } else {
                Publish.replace(staged, target);
            }
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException(Reason.PRECONDITION_FAILED, "The key is taken.");
        } catch (NoSuchFileException prunedByDelete) {
            buckets.require(bucket);
            move(root, bucket, staged, target, createOnly);
            return;
        } catch (FileSystemException e) {
            throw Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) ? Folders.inTheWay(target) : e;
        }
        for (Path folder : changed) {
            staging.forceDirectory(folder);
        }
    }

    private ObjectMeta metaOf(String bucket, String key, Identity identity) throws IOException {
        return sidecars.read(bucket, key, identity).orElseGet(() -> Sidecars.assumed(key, identity));
    }

    /**
     * Opens an object.
     *
     * @return empty when there is no such key
     * @throws RefusedException when there is no such bucket
     */
    public Optional<StoredObject> open(String bucket, String key) throws IOException {
        Path root = buckets.require(bucket);
        while (true) {
            Path path = paths.find(root, key);
            Optional<Identity> before = Identity.at(path);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            Optional<StoredObject> object = open(root, bucket, key, path, before.get());
            if (object.isPresent()) {
                return object;
            }
        }
    }

    /** @return empty when the file was replaced or removed while it was opened */
    private Optional<StoredObject> open(Path root, String bucket, String key, Path path, Identity identity)
            throws IOException {
        FileChannel file;
        try {
            Folders.requireInside(root, path);
            file = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        boolean same = false;
        try {
            ObjectMeta meta = metaOf(bucket, key, identity);
            same = Identity.at(path).filter(identity::equals).isPresent();
            return same
                    ? Optional.of(new StoredObject(file, identity.size(), identity.time(), meta))
                    : Optional.empty();
        } finally {
            if (!same) {
                file.close();
            }
        }
    }

    /**
     * Removes an object, and the folders that are empty without it.
     *
     * @return whether it was there
     */
    public boolean delete(String bucket, String key, Precondition precondition) throws IOException {
        Path root = buckets.require(bucket);
        Path path = paths.find(root, key);
        boolean deleted = locks.holding(bucket, key, () -> {
            Optional<Identity> current = Identity.at(path);
            check(precondition, bucket, key, current);
            if (current.isEmpty()) {
                return false;
            }
            Folders.requireInside(root, path);
            Files.deleteIfExists(path);
            sidecars.delete(bucket, key, current.get());
            return true;
        });
        if (deleted) {
            staging.forceDirectory(path.getParent());
            Folders.prune(root, path.getParent());
        }
        return deleted;
    }

    /** Replaces an object's tags, leaving its bytes and its ETag alone. */
    public void retag(String bucket, String key, Map<String, String> tags) throws IOException {
        Path root = buckets.require(bucket);
        locks.holding(bucket, key, () -> {
            Identity identity = Identity.at(paths.find(root, key))
                    .orElseThrow(() -> new RefusedException(Reason.NO_SUCH_KEY, "No such key: " + key));
            ObjectMeta meta = metaOf(bucket, key, identity);
            sidecars.replace(bucket, key, identity, meta.withTags(tags));
            return null;
        });
    }
}
