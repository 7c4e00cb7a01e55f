package comfybucket.outbox;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The jobs that this process has on its hands. It is seen among the owners as long as it has, or has left, any. */
final class Claims {
    private static final System.Logger LOG = System.getLogger("comfybucket");

    private final OutboxFolder folder;
    private final Owner owner;
    private final Room room;
    private final ReadWriteLock presence = new ReentrantReadWriteLock();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();

    Claims(OutboxFolder folder, Owner owner, Room room) {
        this.folder = folder;
        this.owner = owner;
        this.room = room;
    }

    /** Makes a job this process's. */
    @FunctionalInterface
    interface Claim<T> {
        T by(Owner owner) throws IOException, InterruptedException;
    }

    /** One new job. */
    Task claim(Claim<Task> claim) throws IOException, InterruptedException {
        presence.readLock().lock();
        try {
            owner.appear();
            Task task = claim.by(owner);
            active.incrementAndGet();
            return task;
        } finally {
            presence.readLock().unlock();
        }
    }

    /** Jobs of others, as many as there are. */
    List<Task> claimAll(Claim<List<Task>> claim) throws IOException, InterruptedException {
        presence.readLock().lock();
        try {
            List<Task> tasks = claim.by(owner);
            active.addAndGet(tasks.size());
            return tasks;
        } finally {
            presence.readLock().unlock();
        }
    }

    int active() {
        return active.get();
    }

    /** How many wait until somebody has done something. */
    int held() {
        return held.get();
    }

    /** So many were found; the user and other processes may have taken some, or left more. */
    void areHeld(int jobs) {
        held.set(jobs);
    }

    /** Nothing of the job is left on this machine. The record goes first: what is left without one is nothing. */
    void remove(Task task) {
        OutboxFolder.remove(task.record());
        Content content = task.job().content();
        content.kept().ifPresent(name -> {
            OutboxFolder.remove(folder.file(name));
            room.freed(content.size());
        });
        lost();
    }

    /** Leaves it to whoever takes care of it next: another start, or the user. */
    void hold(Task task) {
        try {
            folder.pass(task.job().id(), task.record(), Optional.empty());
            held.incrementAndGet();
        } catch (IOException stays) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Job {0} stays with this process",
                    task.job().id());
        }
        lost();
    }

    /** A job is not this process's any more. */
    void lost() {
        active.decrementAndGet();
    }

    /** When nothing is left to do, neither for this process nor for a later one. */
    void leaveIfDone() throws IOException {
        if (active.get() > 0) {
            return;
        }
        presence.writeLock().lock();
        try {
            if (active.get() == 0 && owner.isPresent() && folder.records().isEmpty()) {
                owner.disappear();
            }
        } finally {
            presence.writeLock().unlock();
        }
    }
}
