package comfybucket.outbox;

import comfybucket.naming.OtherNames;
import comfybucket.storage.MultipartUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A job that this process works on, with its record on disk. One thread at a time sends it. */
final class Task {
    private final Job job;
    private final Optional<OtherNames> others;
    private final boolean force;
    private final Path record;
    private volatile JobState state;
    private volatile boolean tried;

    /**
     * @param others where this process has given the file its name
     * @param tried whether an earlier try, perhaps of a process that is dead, may have reached the store
     * @param force whether what is noted must outlast a power cut
     */
    Task(Job job, JobState state, Path record, Optional<OtherNames> others, boolean tried, boolean force) {
        this.job = job;
        this.state = state;
        this.record = record;
        this.others = others;
        this.tried = tried;
        this.force = force;
    }

    Job job() {
        return job;
    }

    /** Which a file of a batch shares with the others of it. */
    Optional<OtherNames> others() {
        return others;
    }

    JobState state() {
        return state;
    }

    boolean tried() {
        return tried;
    }

    void isTried() {
        tried = true;
    }

    Path record() {
        return record;
    }

    /** An upload in parts that an earlier try has begun and nobody has ended. */
    Optional<MultipartUpload> unfinished() {
        return state.upload()
                .filter(Change.UploadBegun.class::isInstance)
                .map(Change.UploadBegun.class::cast)
                .map(begun -> new MultipartUpload(begun.key(), begun.id(), job.created(), Optional.of(job.nonce())));
    }

    /** Where the file is to be. */
    String uri() {
        return uri(job, state);
    }

    static String uri(Job job, JobState state) {
        return "s3://" + job.destination().bucket() + "/" + state.key();
    }

    /** Whether this process has still got it: another may have taken it over, and the user may have removed it. */
    boolean isOurs() {
        return Files.exists(record);
    }

    /** @throws TakenOverException when the job is not this process's any more */
    void note(Change change) throws IOException {
        try {
            JobRecord.append(record, change, force && !(change instanceof Change.Failed));
        } catch (NoSuchFileException gone) {
            throw new TakenOverException();
        }
        state = state.after(change);
    }
}
