package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What laboratories have left whose process was killed in the middle of an experiment: a small object, and perhaps an
 * unfinished upload, which stores keep and charge for and hardly ever show.
 */
final class Remains {
    /** No experiment takes so long, and no clock with which a store accepts signatures is so far from the store's. */
    private static final Duration GIVEN_UP = Duration.ofHours(1);

    private final S3Store store;
    private final KeyPrefix ground;
    private final InstantSource clock;

    /** @param store with all quirks that it may have */
    Remains(S3Store store, KeyPrefix ground, InstantSource clock) {
        this.store = store;
        this.ground = ground;
        this.clock = clock;
    }

    /** Who may not list or not delete leaves them to somebody who may. */
    void remove() {
        Instant oldest = clock.instant().minus(GIVEN_UP);
        KeyPrefix laboratories = Laboratory.folder(ground);
        unlessRefused(() -> abortUploads(laboratories, oldest));
        unlessRefused(() -> deleteObjects(laboratories, oldest));
    }

    private void abortUploads(KeyPrefix laboratories, Instant oldest) {
        for (MultipartUpload upload : store.multipart().open(laboratories)) {
            if (upload.started().isBefore(oldest) && isOfALaboratory(upload.key())) {
                store.multipart().abort(upload);
            }
        }
    }

    private void deleteObjects(KeyPrefix laboratories, Instant oldest) {
        for (ListPage page : store.list(ListRequest.all(laboratories))) {
            for (ObjectSummary object : page.objects()) {
                if (object.lastModified().isBefore(oldest) && isOfALaboratory(object.key())) {
                    store.delete(object.key());
                }
            }
        }
    }

    private boolean isOfALaboratory(ObjectKey key) {
        return Laboratory.wrote(ground, key);
    }

    private static void unlessRefused(Runnable removal) {
        try {
            removal.run();
        } catch (CloudException refused) {
            // Nothing that was asked for depends on it.
        }
    }
}
