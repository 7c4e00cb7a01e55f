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
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.Uploader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Puts one file into the bucket under the first of its names that replaces nothing, or as the user chose otherwise.
 *
 * @param bucket where to
 * @param onConflict what to do when the first name is taken
 */
record Saver(Bucket bucket, OnConflict onConflict) {
    /** A unique suffix is unique: when several in a row are taken, the store says so of everything. */
    private static final int TRIES = 5;

    /** One file, with the way it goes into a bucket. */
    private interface Sending {
        void replace(ObjectKey key);

        /** @return whether the key was free, and is now the file's */
        boolean create(ObjectKey key);
    }

    /** What names have to be like for this store. */
    Suffix suffix() {
        return Suffix.of(onConflict, !createsOnly());
    }

    /**
     * Returns when the file is in the bucket.
     *
     * @param moved is told how many more bytes have arrived
     * @return where the file is now
     */
    ObjectKey save(ItemName name, Finished file, LongConsumer moved) {
        Sending sending = switch (file) {
            case Finished.InMemory memory -> new InOneRequest(memory, moved);
            case Finished.Made(var made) -> new FromDisk(made, moved);
            case Finished.Found(var found, var _) -> new FromDisk(found, moved);
        };
        return switch (onConflict) {
            case OVERWRITE -> replace(name.first(), sending);
            case FAIL -> createOrFail(name.first(), sending);
            case RENAME -> createsOnly() ? createUnderFreeName(name, sending) : replace(name.first(), sending);
        };
    }

    private boolean createsOnly() {
        return bucket.store().capabilities().createOnly();
    }

    private static ObjectKey replace(ObjectKey key, Sending file) {
        file.replace(key);
        return key;
    }

    private ObjectKey createOrFail(ObjectKey key, Sending file) {
        if (!file.create(key)) {
            throw taken(key);
        }
        return key;
    }

    private ObjectKey createUnderFreeName(ItemName name, Sending file) {
        ObjectKey key = name.first();
        for (int tries = 0; !file.create(key); tries++) {
            if (tries == TRIES) {
                throw taken(key);
            }
            key = name.another();
        }
        return key;
    }

    private CloudException taken(ObjectKey key) {
        return new CloudException(
                Problem.OBJECT_EXISTS, Map.of("uri", bucket.keys().uri(key)));
    }

    /** Bytes in memory; they are few enough. */
    private final class InOneRequest implements Sending {
        private final Payload bytes;
        private final PutOptions options;
        private final LongConsumer moved;

        InOneRequest(Finished.InMemory file, LongConsumer moved) {
            this.bytes = Payload.of(file.bytes());
            this.options = bucket.profile()
                    .saving()
                    .options(
                            PutOptions.REPLACE.withContentType(file.contentType()),
                            bucket.store().capabilities());
            this.moved = moved;
        }

        @Override
        public void replace(ObjectKey key) {
            put(key, WriteMode.REPLACE);
        }

        @Override
        public boolean create(ObjectKey key) {
            if (createsOnly()) {
                return put(key, WriteMode.CREATE_ONLY);
            }
            // Another writer may still take the name between the look and the write.
            return !bucket.has(key) && put(key, WriteMode.REPLACE);
        }

        private boolean put(ObjectKey key, WriteMode mode) {
            return switch (bucket.store().put(key, bytes, options.withMode(mode))) {
                case PutResult.Stored stored -> {
                    moved.accept(bytes.length());
                    yield true;
                }
                case PutResult.Exists exists -> false;
            };
        }
    }

    /** A file of any size, read as it is sent. */
    private final class FromDisk implements Sending {
        private final Path file;
        private final LongConsumer moved;

        FromDisk(Path file, LongConsumer moved) {
            this.file = file;
            this.moved = moved;
        }

        @Override
        public void replace(ObjectKey key) {
            upload(key, IfTaken.OVERWRITE);
        }

        @Override
        public boolean create(ObjectKey key) {
            return upload(key, IfTaken.SKIP);
        }

        private boolean upload(ObjectKey key, IfTaken ifTaken) {
            AtomicLong sent = new AtomicLong();
            boolean uploaded = new Uploader(bucket, ifTaken).upload(file, key, bytes -> {
                sent.addAndGet(bytes);
                moved.accept(bytes);
            });
            if (!uploaded) {
                moved.accept(-sent.get()); // Somebody was faster: it is sent again under another name.
            }
            return uploaded;
        }
    }
}
