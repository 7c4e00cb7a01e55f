package comfybucket.outbox;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.ledger.Kept;
import comfybucket.ledger.Ledger;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What jobs that are backups write into their ledgers. */
final class BackupNotes {
    private static final System.Logger LOG = System.getLogger("comfybucket");

    private final Path root;

    BackupNotes(Path root) {
        this.root = root;
    }

    /** By which the object is known: of a backup the same for everybody, else one that nobody else has. */
    static String nonce(Source source, Content content) throws IOException {
        return source instanceof Source.BackedUp(var _, Ledger ledger)
                        && content instanceof Content.Elsewhere(Path file, long size, Instant modified, var _)
                ? ledger.nonce(file, size, modified)
                : UUID.randomUUID().toString();
    }

    /** It is in the bucket. */
    void sent(Job job, ObjectKey key) {
        note(job, Optional.of(new Kept.Copy(key.value(), job.nonce(), Instant.now())));
    }

    /** The user does not want it there. */
    void unwanted(Job job) {
        note(job, Optional.empty());
    }

    /** Whether it failed because the file is not there any more as it was: then it is not to be kept. */
    static boolean isOver(Job job, CloudException cause) {
        return job.isBackup()
                && (cause.problem() == Problem.FILE_CHANGED || cause.problem() == Problem.FILE_NOT_READABLE);
    }

    private void note(Job job, Optional<Kept.Copy> copy) {
        if (job.content() instanceof Content.Elsewhere(Path file, long size, Instant modified, var ledger)
                && ledger.isPresent()) {
            try {
                Ledger.named(root, ledger.get()).add(file, new Kept(size, modified, copy));
            } catch (IOException | IllegalArgumentException unwritten) {
                // The file is sent once more then, and found to be there.
                LOG.log(System.Logger.Level.WARNING, "A backup cannot be noted: {0}", unwritten.toString());
            }
        }
    }
}
