package comfybucket.doctor;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.profile.Machine;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The profile that is looked at, its bucket, and what was written there, which is removed in the end. */
final class Patient implements AutoCloseable {
    private final Profile profile;
    private final Machine machine;
    private final List<Buckets> opened = new ArrayList<>();
    private final Set<ObjectKey> written = new LinkedHashSet<>();
    private final Bucket bucket;
    private final String folder = ".comfy-bucket-doctor/" + UUID.randomUUID() + "/";
    private Optional<ObjectKey> object = Optional.empty();

    Patient(Profile profile, Machine machine) {
        this.profile = profile;
        this.machine = machine;
        this.bucket = open(profile);
    }

    Profile profile() {
        return profile;
    }

    /** The process's variables. */
    Map<String, String> environment() {
        return machine.environment();
    }

    Bucket bucket() {
        return bucket;
    }

    ObjectStore store() {
        return bucket.store();
    }

    /** The same bucket with other settings, to see whether they would do better. */
    Bucket open(Profile variant) {
        Buckets buckets = Buckets.doubting(chosen -> variant, machine.storesFolder());
        opened.add(buckets);
        return buckets.open(ProfileRef.DEFAULT);
    }

    /** A key of our own, under the profile's prefix; what is under it in the end is removed. */
    ObjectKey key(String name) {
        ObjectKey key = bucket.keys().resolve(folder + name);
        written.add(key);
        return key;
    }

    void wrote(ObjectKey key) {
        object = Optional.of(key);
    }

    /** The small object that other checks look at, once it is there. */
    Optional<ObjectKey> object() {
        return object;
    }

    /** Removes what was written; what cannot be removed was told by {@link DeleteCheck}. */
    @Override
    public void close() {
        try {
            if (!profile.readOnly() && !written.isEmpty()) {
                removeAll();
            }
        } finally {
            opened.forEach(Buckets::close);
        }
    }

    private void removeAll() {
        boolean interrupted = Thread.interrupted();
        try {
            KeyPrefix ours = bucket.keys().resolvePrefix(folder);
            for (MultipartUpload upload : store().multipart().open(ours)) {
                store().multipart().abort(upload);
            }
            written.forEach(store()::delete);
        } catch (CloudException left) {
            // Who may not delete has been told so, with the name of the folder.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    String folder() {
        return folder;
    }
}
