package comfybucket.outbox;

import comfybucket.storage.ObjectKey;
import java.util.Optional;

/**
 * How far a job has come.
 *
 * @param key the name that the file gets
 * @param upload in parts that may be unfinished at the store
 * @param failure of the last try
 */
record JobState(ObjectKey key, Optional<Change.OpenUpload> upload, Optional<Failure> failure, boolean cancelled) {
    static JobState of(Job job) {
        return new JobState(job.key(), Optional.empty(), Optional.empty(), false);
    }

    JobState after(Change change) {
        return switch (change) {
            case Change.Renamed(ObjectKey renamed) -> new JobState(renamed, upload, failure, cancelled);
            case Change.UploadBegins begins -> new JobState(key, Optional.of(begins), failure, cancelled);
            case Change.UploadBegun begun -> new JobState(key, Optional.of(begun), failure, cancelled);
            case Change.UploadEnded() -> new JobState(key, Optional.empty(), failure, cancelled);
            case Change.Failed(Failure last) -> new JobState(key, upload, Optional.of(last), cancelled);
            case Change.Cancelled() -> new JobState(key, upload, failure, true);
        };
    }
}
