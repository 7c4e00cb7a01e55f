package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.Namer;
import comfybucket.profile.ProfileRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Files on their way into buckets, kept on disk until they are there. Several processes share one outbox; what a dead one
 * has left another goes on with. Safe for use by many threads.
 */
public final class Outbox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("comfybucket");
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final OutboxFolder folder;
    private final Claims claims;
    private final Intake intake;
    private final Attempts attempts;
    private final Lanes lanes;
    private final Rounds rounds;
    private final Desk desk;
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
        boolean force = surroundings.force();
        this.folder = new OutboxFolder(root);
        Owner owner = new Owner(surroundings.newOwner(), folder, surroundings.self());
        Owners owners = new Owners(folder, owner.id(), surroundings.look(), System::nanoTime);
        Room room = new Room(root);
        Reports reports = new Reports(user);
        Bodies bodies = new Bodies(folder);
        BackupNotes backups = new BackupNotes(root);
        Leftovers leftovers = new Leftovers(folder, owner, owners, room, force);
        this.claims = new Claims(folder, owner, room);
        this.intake = new Intake(folder, claims, room, force);
        this.attempts = new Attempts(new Sender(open, namer, bodies), claims, backups);
        this.lanes = new Lanes(attempts, claims, timer, reports);
        this.rounds = new Rounds(owner, claims, leftovers, lanes, reports, timer, surroundings.tick());
        this.desk = new Desk(folder, claims, attempts, leftovers, owners, bodies, backups);
    }

    /** As {@link #start(Supplier)}, for settings that do not change. */
    public void start() {
        start(() -> "");
    }

    /**
     * Goes on with what earlier processes have left, in the background.
     *
     * @param settings gives something else when the settings have changed; what failed because of them is tried again then
     */
    public void start(Supplier<?> settings) {
        rounds.start(settings);
    }

    /**
     * Takes a file. It is on disk when this returns; if the process dies at any time after that, another one sends it.
     *
     * @throws CloudException {@link Problem#OUTBOX_FULL}, {@link Problem#DISK_FULL} or
     *     {@link Problem#FOLDER_NOT_WRITABLE}
     * @throws CancellationException when this thread is interrupted; nothing is kept then
     */
    public Accepted accept(Draft draft) {
        Task task = intake.accept(draft);
        rounds.begin();
        return new Accepted(task, attempts, claims, lanes, folder);
    }

    /** What a user should know who looks at a save node: nothing, as long as everything goes its way. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(lanes.trouble());
        int stuck = claims.held();
        if (stuck > 0) {
            lines.add("outbox: " + stuck + " not uploaded; see: comfy-bucket outbox list");
        }
        return lines;
    }

    /** How many jobs this process has on its hands. */
    public int waiting() {
        return claims.active();
    }

    /** Lets what is being sent come to its end, but not for long; the rest stays for next time. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    void close(Duration patience) {
        try {
            timer.shutdownNow();
            lanes.close(patience);
            // A round that has begun may still say that this process is here.
            var _ = timer.awaitTermination(ROUND.toMillis(), TimeUnit.MILLISECONDS);
            claims.leaveIfDone();
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
        return desk;
    }
}
