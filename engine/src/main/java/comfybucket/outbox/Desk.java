package comfybucket.outbox;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/** What the user can do about the jobs of all processes: a job that is taken from a process is not gone on with there. */
public final class Desk {
    private final OutboxFolder folder;
    private final Claims claims;
    private final Attempts attempts;
    private final Leftovers leftovers;
    private final Owners owners;
    private final Bodies bodies;
    private final BackupNotes backups;

    Desk(
            OutboxFolder folder,
            Claims claims,
            Attempts attempts,
            Leftovers leftovers,
            Owners owners,
            Bodies bodies,
            BackupNotes backups) {
        this.folder = folder;
        this.claims = claims;
        this.attempts = attempts;
        this.leftovers = leftovers;
        this.owners = owners;
        this.bodies = bodies;
        this.backups = backups;
    }

    /** All jobs, in the order in which they were accepted. */
    public List<JobInfo> list() throws IOException {
        List<JobInfo> jobs = new ArrayList<>();
        for (Entry entry : folder.records()) {
            try {
                jobs.add(info(entry, JobRecord.read(entry.path())));
            } catch (NoSuchFileException gone) {
                // Sent, or taken over, since the folder was read.
            }
        }
        jobs.sort(Comparator.comparing((JobInfo job) -> job.created().orElse(Instant.EPOCH))
                .thenComparing(JobInfo::id));
        return jobs;
    }

    private JobInfo info(Entry entry, JobRecord record) throws IOException {
        return switch (record) {
            case JobRecord.Broken(String reason) -> {
                Path file = content(entry.job()).orElse(entry.path());
                yield new JobInfo(
                        entry.job(),
                        JobInfo.State.DAMAGED,
                        Optional.empty(),
                        Files.size(file),
                        Optional.empty(),
                        Optional.empty(),
                        file,
                        Optional.of(new Failure(Problem.JOB_DAMAGED.code(), reason, Instant.EPOCH)));
            }
            case JobRecord.Whole(Job job, JobState state) ->
                new JobInfo(
                        job.id(),
                        state(entry),
                        Optional.of(Task.uri(job, state)),
                        job.content().size(),
                        Optional.of(job.destination().profile()),
                        Optional.of(job.created()),
                        folder.file(job.content()),
                        state.failure());
        };
    }

    private JobInfo.State state(Entry entry) throws IOException {
        if (entry.owner().isEmpty()) {
            return JobInfo.State.HELD;
        }
        return owners.isDead(entry.owner().get()) ? JobInfo.State.LEFT : JobInfo.State.WAITING;
    }

    private Optional<Path> content(JobId id) throws IOException {
        return folder.entries().stream()
                .filter(entry ->
                        entry.kind() == Entry.Kind.CONTENT && entry.job().equals(id))
                .map(Entry::path)
                .findFirst();
    }

    /**
     * Sends a job now.
     *
     * @return where it is
     * @throws CloudException the reason why it stays in the outbox
     */
    public ObjectKey retry(JobId id, LongConsumer moved) throws IOException {
        Task task = take(id);
        return switch (attempts.attempt(task, moved)) {
            case Outcome.Sent(ObjectKey key) -> key;
            case Outcome.Gone() -> throw notThere(id);
            case Outcome.Waits(CloudException cause) -> {
                claims.hold(task);
                throw cause;
            }
            case Outcome.Held(CloudException cause) -> {
                claims.hold(task);
                throw cause;
            }
        };
    }

    /**
     * Gives a job up, with what is kept of it, and what is unfinished of it at the store.
     *
     * @throws CloudException when the store cannot be asked to forget what is unfinished; it will be
     */
    public void cancel(JobId id) throws IOException {
        Entry entry = find(id);
        if (JobRecord.read(entry.path()) instanceof JobRecord.Broken) {
            OutboxFolder.remove(entry.path());
            content(id).ifPresent(OutboxFolder::remove);
            return;
        }
        Task task = take(id);
        backups.unwanted(task.job());
        if (task.state().upload().isEmpty()) {
            claims.remove(task);
            return;
        }
        task.note(new Change.Cancelled());
        switch (attempts.attempt(task, bytes -> {})) {
            case Outcome.Sent sent -> {}
            case Outcome.Gone gone -> {}
            case Outcome.Waits(CloudException cause) -> {
                claims.hold(task);
                throw cause;
            }
            case Outcome.Held(CloudException cause) -> {
                claims.hold(task);
                throw cause;
            }
        }
    }

    /**
     * Makes a file of a job, which stays in the outbox.
     *
     * @param file does not exist yet
     */
    public void export(JobId id, Path file) throws IOException {
        Entry entry = find(id);
        if (JobRecord.read(entry.path()) instanceof JobRecord.Whole(Job job, var _)
                && job.content() instanceof Content.Picture picture) {
            Files.write(file, bodies.rest(picture), StandardOpenOption.CREATE_NEW);
            return;
        }
        Path kept = JobRecord.read(entry.path()) instanceof JobRecord.Whole(Job job, var _)
                ? folder.file(job.content())
                : content(id).orElseThrow(() -> notThere(id));
        Files.copy(kept, file);
    }

    private Task take(JobId id) throws IOException {
        Entry entry = find(id);
        try {
            return claims.claim(owner -> leftovers.take(entry).orElseThrow(() -> notThere(id)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled");
        }
    }

    private Entry find(JobId id) throws IOException {
        // Where it is most likely, so that a command for all of ten thousand jobs does not read the folder for each.
        for (Optional<OwnerId> owner : List.of(Optional.<OwnerId>empty(), Optional.of(id.creator()))) {
            Path record = folder.file(Entry.record(id, owner));
            if (Files.exists(record)) {
                return new Entry(id, Entry.Kind.RECORD, owner, record);
            }
        }
        return folder.records().stream()
                .filter(entry -> entry.job().equals(id))
                .findFirst()
                .orElseThrow(() -> notThere(id));
    }

    private static CloudException notThere(JobId id) {
        return new CloudException(Problem.JOB_NOT_FOUND, Map.of("job", id.value()));
    }
}
