package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.transfer.FileUpload;
import comfybucket.transfer.UploadWatcher;

/** The bytes of a job, ready to be sent. */
sealed interface Body {
    /** Whether they go in parts. */
    boolean isLarge();

    PutResult put(ObjectKey key, PutOptions options, UploadWatcher watcher);

    record OnDisk(FileUpload file) implements Body {
        @Override
        public boolean isLarge() {
            return file.isLarge();
        }

        @Override
        public PutResult put(ObjectKey key, PutOptions options, UploadWatcher watcher) {
            return file.send(key, options, watcher);
        }
    }

    record InMemory(Bucket bucket, Payload bytes) implements Body {
        @Override
        public boolean isLarge() {
            return false;
        }

        @Override
        public PutResult put(ObjectKey key, PutOptions options, UploadWatcher watcher) {
            PutResult result = bucket.store().put(key, bytes, options);
            watcher.moved(bytes.length());
            return result;
        }
    }
}
