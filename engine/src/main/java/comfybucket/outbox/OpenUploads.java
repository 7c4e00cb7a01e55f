package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The uploads in parts that a job may have left unfinished at the store. Nobody else's is ever touched: one that we know
 * by its id is ours; one that was begun while our process died is ours when it has our key, was not there before, has no
 * part yet, and is the only one like that.
 */
final class OpenUploads {
    private final Bucket bucket;
    private final Task task;

    OpenUploads(Bucket bucket, Task task) {
        this.bucket = bucket;
        this.task = task;
    }

    /** What to note before one is begun; empty where the access key may not list uploads. */
    Optional<Change> noted() {
        ObjectKey key = task.state().key();
        try {
            List<String> there = under(key).stream().map(MultipartUpload::id).toList();
            return Optional.of(new Change.UploadBegins(key, there));
        } catch (CloudException notAllowed) {
            return Optional.empty();
        }
    }

    /** Aborts one whose id was never learned, so that nothing can have been sent to it. */
    void endNameless() throws IOException {
        if (task.unfinished().isEmpty()) {
            end();
        }
    }

    /** Aborts what an earlier try, perhaps of another process, has left. */
    void end() throws IOException {
        if (task.state().upload().isEmpty()) {
            return;
        }
        switch (task.state().upload().get()) {
            case Change.UploadBegun begun -> {
                abort(task.unfinished().orElseThrow());
                task.note(new Change.UploadEnded());
            }
            case Change.UploadBegins(ObjectKey key, List<String> there) -> {
                List<MultipartUpload> fresh = under(key).stream()
                        .filter(upload -> !there.contains(upload.id()))
                        .filter(upload -> !bucket.store()
                                .multipart()
                                .parts(upload)
                                .iterator()
                                .hasNext())
                        .toList();
                if (fresh.size() == 1) {
                    abort(fresh.getFirst());
                }
                task.note(new Change.UploadEnded());
            }
        }
    }

    private void abort(MultipartUpload upload) {
        bucket.store().multipart().abort(upload);
    }

    private List<MultipartUpload> under(ObjectKey key) {
        List<MultipartUpload> uploads = new ArrayList<>();
        for (MultipartUpload upload : bucket.store().multipart().open(new KeyPrefix(key.value()))) {
            if (upload.key().equals(key)) {
                uploads.add(upload);
            }
        }
        return uploads;
    }
}
