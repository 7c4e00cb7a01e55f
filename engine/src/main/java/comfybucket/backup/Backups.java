package comfybucket.backup;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.files.FileState;
import comfybucket.naming.Namer;
import comfybucket.outbox.Notice;
import comfybucket.outbox.Outbox;
import comfybucket.profile.ProfileRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends every file that appears below a folder to the bucket of each profile that says so, once, whoever wrote it. What it
 * has given to the outbox is the outbox's; what has arrived is in a {@link comfybucket.ledger.Ledger}. Several processes
 * may do it for the same folder.
 */
public final class Backups implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("comfybucket");
    /** A folder that takes long to look through is looked through this much more seldom. */
    private static final int SHARE = 20;

    private static final long CALM_MILLIS = 500;

    private final Path root;
    private final Supplier<List<String>> profiles;
    private final Buckets buckets;
    private final Outbox outbox;
    private final Namer namer;
    private final Consumer<Notice> user;
    private final Rhythm rhythm;
    private final Stillness stillness;
    private final LocalCopies copies = new LocalCopies();
    private final Map<String, String> told = new HashMap<>();
    private final Alarm alarm = new Alarm();
    private final Thread thread = Thread.ofPlatform().daemon().name("backup").unstarted(this::run);

    /**
     * Nothing is looked at before {@link #start}.
     *
     * @param root ComfyUI's output folder
     * @param profiles the names of those that ask for a backup, read anew at each look
     * @param user is told what happens while nobody waits for it; called by any thread
     */
    public Backups(
            Path root,
            Supplier<List<String>> profiles,
            Buckets buckets,
            Outbox outbox,
            Namer namer,
            Consumer<Notice> user) {
        this(root, profiles, buckets, outbox, namer, user, Rhythm.USUAL);
    }

    Backups(
            Path root,
            Supplier<List<String>> profiles,
            Buckets buckets,
            Outbox outbox,
            Namer namer,
            Consumer<Notice> user,
            Rhythm rhythm) {
        this.root = root.toAbsolutePath().normalize();
        this.profiles = profiles;
        this.buckets = buckets;
        this.outbox = outbox;
        this.namer = namer;
        this.user = user;
        this.rhythm = rhythm;
        this.stillness = new Stillness(rhythm.settle().toNanos());
    }

    /** Looks from now on, until {@link #close}. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long start = System.nanoTime();
                boolean soon = look();
                Duration took = Duration.ofNanos(System.nanoTime() - start).multipliedBy(SHARE);
                Duration pause = soon ? rhythm.settle() : rhythm.rescan();
                alarm.await(pause.compareTo(took) > 0 ? pause : took);
                // What comes, comes in groups.
                Thread.sleep(Math.min(CALM_MILLIS, rhythm.settle().toMillis()));
            }
        } catch (InterruptedException closed) {
            // That was all.
        }
    }

    /** @return whether there is something that can be taken soon */
    private boolean look() {
        boolean soon = false;
        try {
            List<FolderBackup> wanted = wanted();
            if (wanted.isEmpty()) {
                alarm.watch(List.of());
                return false;
            }
            Tree tree = Tree.below(root);
            alarm.watch(tree.folders());
            stillness.keep(tree.files().keySet());
            Set<Path> written = Writers.ofParent();
            for (FolderBackup backup : wanted) {
                soon |= look(backup, tree, written);
            }
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING, "The backup is tried again later: {0}", failed.toString());
        }
        return soon;
    }

    private boolean look(FolderBackup backup, Tree tree, Set<Path> written) throws IOException {
        String profile = backup.bucket().profile().name();
        try {
            backup.begin(tree, user);
            boolean soon = backup.accept(tree, namer, entry -> isFinished(entry, written));
            copies.remove(backup, tree);
            told.remove(profile);
            return soon;
        } catch (CloudException refused) {
            tell(profile, "The backup waits", refused.getMessage() + " It is tried again.");
            return false;
        }
    }

    private boolean isFinished(Map.Entry<Path, FileState> entry, Set<Path> written) {
        return stillness.isStill(entry.getKey(), entry.getValue()) && !written.contains(entry.getKey());
    }

    private List<FolderBackup> wanted() {
        return profiles.get().stream().flatMap(name -> wanted(name).stream()).toList();
    }

    private List<FolderBackup> wanted(String name) {
        ProfileRef chosen = new ProfileRef(name, "", "", "");
        try {
            Bucket bucket = buckets.open(chosen);
            return bucket.profile().autoBackup().stream()
                    .map(settings -> FolderBackup.of(root, chosen, bucket, settings, outbox))
                    .toList();
        } catch (CloudException unusable) {
            tell(
                    name,
                    "No backup with the profile " + name,
                    unusable.getMessage() + " Until then nothing is backed up with it.");
            return List.of();
        }
    }

    /** Once, until it changes: the settings ask for a backup, and nobody runs a node that would say why there is none. */
    private void tell(String profile, String summary, String detail) {
        if (!detail.equals(told.put(profile, detail))) {
            user.accept(new Notice(Notice.Severity.WARN, summary, detail));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            alarm.close();
        } catch (IOException closed) {
            LOG.log(System.Logger.Level.DEBUG, "The output folder is watched on: {0}", closed.toString());
        }
    }
}
