package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.storage.MultipartUpload;
import comfybucket.transfer.UploadWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes into a job's record what its upload leaves at the store as long as it is unfinished. */
final class Watch implements UploadWatcher {
    private final Bucket bucket;
    private final Task task;
    private final LongConsumer moved;

    Watch(Bucket bucket, Task task, LongConsumer moved) {
        this.bucket = bucket;
        this.task = task;
        this.moved = moved;
    }

    @Override
    public void moved(long bytes) {
        moved.accept(bytes);
    }

    @Override
    public Optional<MultipartUpload> unfinished() {
        return task.unfinished();
    }

    @Override
    public boolean goesOnAfter(CloudException failure) {
        return Outcome.passes(failure) && task.isOurs();
    }

    @Override
    public void begins() {
        new OpenUploads(bucket, task).noted().ifPresent(this::note);
    }

    @Override
    public void begun(MultipartUpload upload) {
        note(new Change.UploadBegun(upload.key(), upload.id()));
    }

    @Override
    public void ended() {
        note(new Change.UploadEnded());
    }

    private void note(Change change) {
        try {
            task.note(change);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
