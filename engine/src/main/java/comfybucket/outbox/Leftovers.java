package comfybucket.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What other processes have left in the outbox: jobs to go on with, and files that nobody needs. */
final class Leftovers {
    private final OutboxFolder folder;
    private final Owner owner;
    private final Owners owners;
    private final Room room;
    private final boolean force;
    private Set<JobId> orphans = Set.of();

    Leftovers(OutboxFolder folder, Owner owner, Owners owners, Room room, boolean force) {
        this.folder = folder;
        this.owner = owner;
        this.owners = owners;
        this.room = room;
        this.force = force;
    }

    /**
     * Makes the jobs of dead processes this one's.
     *
     * @param held which of those that are nobody's too, because somebody had to do something about them first
     * @return in the order in which they were accepted
     */
    List<Task> takeOver(Predicate<Entry> held) throws IOException {
        List<Task> tasks = new ArrayList<>();
        Map<OwnerId, Boolean> dead = new HashMap<>();
        for (Entry entry : folder.records()) {
            boolean free = entry.owner().isEmpty()
                    ? held.test(entry)
                    : isDead(entry.owner().get(), dead);
            if (free) {
                take(entry).ifPresent(tasks::add);
            }
        }
        for (OwnerId other : owners.others()) {
            if (owners.isDead(other)) {
                Owner.remove(folder, other);
            }
        }
        if (tasks.size() > 1) {
            tasks.sort(Comparator.comparing((Task task) -> task.job().created())
                    .thenComparing(task -> task.job().id()));
        }
        return tasks;
    }

    /** Whether a job is held because of its settings. */
    static boolean isOfSettings(Entry entry) {
        try {
            return JobRecord.read(entry.path()) instanceof JobRecord.Whole(var _, JobState state)
                    && state.failure().filter(Outcome::isOfSettings).isPresent();
        } catch (IOException taken) {
            return false;
        }
    }

    private boolean isDead(OwnerId id, Map<OwnerId, Boolean> known) throws IOException {
        Boolean dead = known.get(id);
        if (dead == null) {
            dead = owners.isDead(id);
            known.put(id, dead);
        }
        return dead;
    }

    /** Makes a job this process's; one that cannot be read is left for the user to see. */
    Optional<Task> take(Entry entry) throws IOException {
        owner.appear();
        Optional<Path> record = folder.pass(entry.job(), entry.path(), Optional.of(owner.id()));
        if (record.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (JobRecord.read(record.get()) instanceof JobRecord.Whole(Job job, JobState state)) {
                return Optional.of(new Task(job, state, record.get(), Optional.empty(), true, force));
            }
        } catch (NoSuchFileException taken) {
            return Optional.empty();
        }
        folder.pass(entry.job(), record.get(), Optional.empty());
        return Optional.empty();
    }

    /**
     * Removes files without a job that dead processes have left, and counts what is there. One is removed when it was seen
     * without a record twice: a record that is renamed while a folder is read can be missed.
     *
     * @return how many jobs are nobody's
     */
    int clean() throws IOException {
        List<Entry> entries = folder.entries();
        Set<JobId> recorded = new HashSet<>();
        int held = 0;
        long bytes = 0;
        for (Entry entry : entries) {
            switch (entry.kind()) {
                case RECORD -> {
                    recorded.add(entry.job());
                    held += entry.owner().isEmpty() ? 1 : 0;
                }
                case UNFINISHED -> {}
                case CONTENT -> bytes += size(entry.path());
            }
        }
        room.counted(bytes);
        Map<OwnerId, Boolean> dead = new HashMap<>();
        Set<JobId> seen = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.kind() != Entry.Kind.RECORD
                    && !recorded.contains(entry.job())
                    && isDead(entry.job().creator(), dead)) {
                seen.add(entry.job());
                if (orphans.contains(entry.job())) {
                    Files.deleteIfExists(entry.path());
                }
            }
        }
        orphans = seen;
        return held;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }
}
