package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.ItemName;
import comfybucket.naming.OnConflict;
import comfybucket.naming.Suffix;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.util.Map;

/**
 * Puts one file into the bucket under the first of its names that replaces nothing, or as the user chose otherwise.
 *
 * @param bucket where to
 * @param onConflict what to do when the first name is taken
 */
record Saver(Bucket bucket, OnConflict onConflict) {
    /** A unique suffix is unique: when several in a row are taken, the store says so of everything. */
    private static final int TRIES = 5;

    /** What names have to be like for this store. */
    Suffix suffix() {
        return Suffix.of(onConflict, !createsOnly());
    }

    /** @return where the file is now */
    ObjectKey save(ItemName name, Payload file, String contentType) {
        PutOptions options = bucket.profile()
                .saving()
                .options(
                        PutOptions.REPLACE.withContentType(contentType),
                        bucket.store().capabilities());
        return switch (onConflict) {
            case OVERWRITE -> replace(name.first(), file, options);
            case FAIL -> createOrFail(name.first(), file, options);
            case RENAME ->
                createsOnly() ? createUnderFreeName(name, file, options) : replace(name.first(), file, options);
        };
    }

    private boolean createsOnly() {
        return bucket.store().capabilities().createOnly();
    }

    private ObjectKey replace(ObjectKey key, Payload file, PutOptions options) {
        bucket.store().put(key, file, options.withMode(WriteMode.REPLACE));
        return key;
    }

    private ObjectKey createOrFail(ObjectKey key, Payload file, PutOptions options) {
        // Without create-only writes another writer may still take the name between the look and the write.
        boolean free = createsOnly() ? created(key, file, options) : !bucket.has(key);
        if (!free) {
            throw taken(key);
        }
        return createsOnly() ? key : replace(key, file, options);
    }

    private ObjectKey createUnderFreeName(ItemName name, Payload file, PutOptions options) {
        ObjectKey key = name.first();
        for (int tries = 0; !created(key, file, options); tries++) {
            if (tries == TRIES) {
                throw taken(key);
            }
            key = name.another();
        }
        return key;
    }

    private boolean created(ObjectKey key, Payload file, PutOptions options) {
        return switch (bucket.store().put(key, file, options.withMode(WriteMode.CREATE_ONLY))) {
            case PutResult.Stored stored -> true;
            case PutResult.Exists exists -> false;
        };
    }

    private CloudException taken(ObjectKey key) {
        return new CloudException(
                Problem.OBJECT_EXISTS, Map.of("uri", bucket.keys().uri(key)));
    }
}
