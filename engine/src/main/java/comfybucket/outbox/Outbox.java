package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.Namer;
import comfybucket.naming.OtherNames;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Files on their way into buckets, kept on disk until they are there. Several processes share one outbox; what a dead one
 * has left another goes on with. Safe for use by many threads.
 */
public final class Outbox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("comfybucket");
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final int SWEEP_TICKS = 6;

    private final OutboxFolder folder;
    private final Owner owner;
    private final Owners owners;
    private final Leftovers leftovers;
    private final Spool spool;
    private final Room room;
    private final FolderForce folderForce;
    private final Sender sender;
    private final Bodies bodies;
    private final BackupNotes backups;
    private final Overwrites overwrites = new Overwrites();
    private final Reports reports;
    private final boolean force;
    private final Map<Destination, Lane> lanes = new ConcurrentHashMap<>();
    private final ReadWriteLock presence = new ReentrantReadWriteLock();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("outbox").factory());

    /**
     * Nothing is read or written before it is used.
     *
     * @param root the outbox's folder, which need not exist
     * @param open opens the bucket that a job's settings name, as they are then
     * @param user is told what happens while nobody waits for it; called by any thread
     */
    public Outbox(Path root, Function<ProfileRef, Bucket> open, Namer namer, Consumer<Notice> user) {
        this(root, open, namer, user, Surroundings.ofThisProcess());
    }

    Outbox(
            Path root,
            Function<ProfileRef, Bucket> open,
            Namer namer,
            Consumer<Notice> user,
            Surroundings surroundings) {
        this.force = surroundings.force();
        this.folder = new OutboxFolder(root);
        this.owner = new Owner(surroundings.newOwner(), folder, surroundings.self());
        this.owners = new Owners(folder, owner.id(), surroundings.look(), System::nanoTime);
        this.room = new Room(root);
        this.leftovers = new Leftovers(folder, owner, owners, room, force);
        this.spool = new Spool(folder, force);
        this.folderForce = new FolderForce(root);
        this.bodies = new Bodies(folder);
        this.backups = new BackupNotes(root);
        this.sender = new Sender(open, namer, bodies);
        this.reports = new Reports(user);
    }

    /** Goes on with what earlier processes have left, in the background. */
    public void start() {
        timer.execute(() -> {
            int found = takeOver(true);
            if (found > 0) {
                reports.found(found);
            }
        });
        tickFromNowOn();
    }

    /**
     * Takes a file. It is on disk when this returns; if the process dies at any time after that, another one sends it.
     *
     * @throws CloudException {@link Problem#OUTBOX_FULL}, {@link Problem#DISK_FULL} or
     *     {@link Problem#FOLDER_NOT_WRITABLE}
     * @throws CancellationException when this thread is interrupted; nothing is kept then
     */
    public Accepted accept(Draft draft) {
        presence.readLock().lock();
        try {
            owner.appear();
            room.take(
                    Spool.size(draft.source()),
                    draft.bucket().profile().limits().outbox().orElse(Room.LIMIT));
            Task task = write(owner.nextJob(), draft);
            active.incrementAndGet();
            tickFromNowOn();
            return new Accepted(this, task, folder);
        } catch (ClosedByInterruptException | InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled");
        } catch (IOException failed) {
            throw notWritable(failed);
        } finally {
            presence.readLock().unlock();
        }
    }

    private Task write(JobId id, Draft draft) throws IOException, InterruptedException {
        Path unfinished = folder.file(Entry.unfinished(id, owner.id()));
        Path record = folder.file(Entry.record(id, Optional.of(owner.id())));
        boolean written = false;
        try {
            Content content = spool.store(id, draft.source());
            Job job = new Job(
                    id,
                    Instant.now(),
                    Destination.of(draft.chosen(), draft.bucket()),
                    draft.key(),
                    draft.others().map(OtherNames::spare),
                    draft.onConflict(),
                    draft.contentType(),
                    BackupNotes.nonce(draft.source(), content),
                    content);
            JobRecord.write(unfinished, job, force);
            Files.move(unfinished, record, StandardCopyOption.ATOMIC_MOVE);
            if (force) {
                folderForce.force();
            }
            written = true;
            return new Task(job, JobState.of(job), record, draft.others(), job.isBackup(), force);
        } finally {
            if (!written) {
                OutboxFolder.remove(record, unfinished, folder.file(Spool.name(id, draft.source())));
            }
        }
    }

    private CloudException notWritable(IOException failed) {
        String reason = failed.getClass().getSimpleName();
        return new CloudException(
                Problem.FOLDER_NOT_WRITABLE, Map.of("folder", folder.root().toString(), "reason", reason), failed);
    }

    /** Sends it on this thread. */
    Outcome attempt(Task task, LongConsumer moved) {
        try {
            return overwrites.inTurn(task, superseded -> {
                if (!task.isOurs()) {
                    throw new TakenOverException();
                }
                return superseded ? sent(task, task.state().key()) : send(task, moved);
            });
        } catch (TakenOverException gone) {
            active.decrementAndGet();
            return new Outcome.Gone();
        }
    }

    private Outcome send(Task task, LongConsumer moved) {
        try {
            return sent(task, sender.send(task, moved));
        } catch (CancellationException | TakenOverException ended) {
            throw ended;
        } catch (CloudException failed) {
            return failed(task, failed);
        } catch (IOException | RuntimeException unforeseen) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Cancelled");
            }
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Unforeseen failure in the outbox, job " + task.job().id(),
                    unforeseen);
            String kind = unforeseen.getClass().getSimpleName();
            return failed(task, new CloudException(Problem.UNFORESEEN, Map.of("kind", kind, "mark", "comfybucket")));
        }
    }

    private Outcome sent(Task task, ObjectKey key) {
        if (!task.state().cancelled()) {
            backups.sent(task.job(), key);
        }
        remove(task);
        return new Outcome.Sent(key);
    }

    private Outcome failed(Task task, CloudException cause) {
        if (!task.isOurs()) {
            throw new TakenOverException();
        }
        if (BackupNotes.isOver(task.job(), cause)) {
            remove(task);
            return new Outcome.Gone();
        }
        note(task, new Change.Failed(Failure.of(cause, Instant.now())));
        return Outcome.failed(cause);
    }

    /** Nothing of the job is left on this machine. The record goes first: what is left without one is nothing. */
    void remove(Task task) {
        OutboxFolder.remove(task.record());
        Content content = task.job().content();
        content.kept().ifPresent(name -> {
            OutboxFolder.remove(folder.file(name));
            room.freed(content.size());
        });
        active.decrementAndGet();
    }

    /** The user has stopped it. */
    void cancel(Task task) {
        boolean interrupted = Thread.interrupted();
        try {
            if (task.state().upload().isEmpty()) {
                remove(task);
            } else {
                note(task, new Change.Cancelled());
                later(task, false);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
        active.decrementAndGet();
    }

    void later(Task task, boolean late) {
        lanes.computeIfAbsent(
                        task.job().destination(),
                        destination -> new Lane(this::inBackground, timer, RandomGenerator.getDefault(), reports))
                .add(task, late);
    }

    private Outcome inBackground(Task task) {
        Outcome outcome = attempt(task, bytes -> {});
        if (outcome instanceof Outcome.Held(CloudException cause)) {
            hold(task);
            reports.held(cause, task.uri());
        }
        return outcome;
    }

    private void note(Task task, Change change) {
        try {
            task.note(change);
        } catch (IOException unwritable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "What happened to job {0} cannot be noted: {1}",
                    task.job().id(),
                    unwritable);
        }
    }

    /** What a user should know who looks at a save node: nothing, as long as everything goes its way. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lanes.forEach((destination, lane) -> lane.trouble()
                .ifPresent(cause -> lines.add("outbox: " + lane.waiting() + " waiting for " + destination.bucket()
                        + ": " + cause.getMessage())));
        int stuck = held.get();
        if (stuck > 0) {
            lines.add("outbox: " + stuck + " not uploaded; see: comfy-bucket outbox list");
        }
        return lines;
    }

    /** How many jobs this process has on its hands. */
    public int waiting() {
        return active.get();
    }

    /** One more job is this process's. */
    void isTaken() {
        active.incrementAndGet();
    }

    private int takeOver(boolean heldToo) {
        presence.readLock().lock();
        try {
            List<Task> tasks = leftovers.takeOver(heldToo);
            active.addAndGet(tasks.size());
            if (heldToo) {
                held.set(0);
            }
            tasks.forEach(task -> later(task, true));
            return tasks.size();
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "The outbox cannot be looked through: {0}", unreadable.toString());
            return 0;
        } finally {
            presence.readLock().unlock();
        }
    }

    private void tickFromNowOn() {
        if (ticking.compareAndSet(false, true)) {
            var _ = timer.scheduleWithFixedDelay(new Ticks(), 1, TICK.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** What is done again and again while the process lives. */
    private final class Ticks implements Runnable {
        private int count;

        @Override
        public void run() {
            try {
                owner.beatIfPresent();
                reports.flush();
                leftovers.clean();
                if (++count % SWEEP_TICKS == 0) {
                    takeOver(false);
                }
                if (active.get() == 0) {
                    leaveIfEmpty();
                }
            } catch (IOException | RuntimeException failed) {
                LOG.log(System.Logger.Level.WARNING, "The outbox cannot be looked after: {0}", failed.toString());
            }
        }
    }

    private void leaveIfEmpty() throws IOException {
        presence.writeLock().lock();
        try {
            if (active.get() == 0 && owner.isPresent() && folder.records().isEmpty()) {
                owner.disappear();
            }
        } finally {
            presence.writeLock().unlock();
        }
    }

    /** Lets what is being sent come to its end, but not for long; the rest stays for next time. */
    @Override
    public void close() {
        close(Duration.ofSeconds(4));
    }

    void close(Duration patience) {
        lanes.values().forEach(Lane::beginNoMore);
        timer.shutdownNow();
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Lane lane : lanes.values()) {
                lane.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
            if (active.get() == 0) {
                leaveIfEmpty();
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } catch (IOException stays) {
            LOG.log(System.Logger.Level.WARNING, "The outbox cannot be left: {0}", stays.toString());
        }
    }

    /** Where it lies; it need not exist. */
    public Path root() {
        return folder.root();
    }

    /** What the user can do about it. */
    public Desk desk() {
        return new Desk(this, folder, leftovers, owners, bodies, backups);
    }
}
