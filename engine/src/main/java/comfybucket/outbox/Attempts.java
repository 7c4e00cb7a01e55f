package comfybucket.outbox;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/** Tries to send a job, and has what comes of it on disk. */
final class Attempts {
    private static final System.Logger LOG = System.getLogger("comfybucket");

    private final Sender sender;
    private final Claims claims;
    private final BackupNotes backups;
    private final Overwrites overwrites = new Overwrites();

    Attempts(Sender sender, Claims claims, BackupNotes backups) {
        this.sender = sender;
        this.claims = claims;
        this.backups = backups;
    }

    /**
     * Sends it on this thread.
     *
     * @throws CancellationException when this thread is interrupted; the job is as it was then
     */
    Outcome attempt(Task task, LongConsumer moved) {
        try {
            return overwrites.inTurn(task, superseded -> {
                if (!task.isOurs()) {
                    throw new TakenOverException();
                }
                return superseded ? sent(task, task.state().key()) : send(task, moved);
            });
        } catch (TakenOverException gone) {
            claims.lost();
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
        claims.remove(task);
        return new Outcome.Sent(key);
    }

    private Outcome failed(Task task, CloudException cause) {
        if (!task.isOurs()) {
            throw new TakenOverException();
        }
        if (BackupNotes.isOver(task.job(), cause)) {
            claims.remove(task);
            return new Outcome.Gone();
        }
        note(task, new Change.Failed(Failure.of(cause, Instant.now())));
        return Outcome.failed(cause);
    }

    /**
     * The user has stopped it.
     *
     * @return whether the store has to be asked to forget what it has of it, by one more {@link #attempt}
     */
    boolean cancel(Task task) {
        boolean interrupted = Thread.interrupted();
        try {
            if (task.state().upload().isEmpty()) {
                claims.remove(task);
                return false;
            }
            note(task, new Change.Cancelled());
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
}
