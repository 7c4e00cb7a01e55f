package comfybucket.outbox;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/** A file that the outbox has. Exactly one of its methods that send or keep it is called, once. */
public final class Accepted {
    private final Task task;
    private final Attempts attempts;
    private final Claims claims;
    private final Lanes lanes;
    private final OutboxFolder folder;

    Accepted(Task task, Attempts attempts, Claims claims, Lanes lanes, OutboxFolder folder) {
        this.task = task;
        this.attempts = attempts;
        this.claims = claims;
        this.lanes = lanes;
        this.folder = folder;
    }

    /**
     * Sends it and returns when it is in the bucket.
     *
     * @param moved is told how many more bytes have arrived
     * @return where it is, which need not be the name to try first
     * @throws CloudException whose message says what went wrong and where the file is kept
     * @throws CancellationException when this thread is interrupted; the file is not kept then
     */
    public ObjectKey send(LongConsumer moved) {
        Outcome outcome;
        try {
            outcome = attempts.attempt(task, moved);
        } catch (CancellationException stopped) {
            drop();
            throw stopped;
        }
        return outcome.key(this::kept);
    }

    private CloudException kept(CloudException cause) {
        keep();
        return cause.with(Problem.KEPT_IN_OUTBOX, Map.of("path", file().toString()));
    }

    /** Sends it as soon as possible; this returns at once. */
    public void sendLater() {
        lanes.add(task, false);
    }

    /** Keeps it for the next start, or until the user wants it sent. */
    public void keep() {
        claims.hold(task);
    }

    /** Takes it out again. */
    public void drop() {
        if (attempts.cancel(task)) {
            lanes.add(task, false);
        }
    }

    /** The name to try first; the only one when the name is final. */
    public ObjectKey key() {
        return task.state().key();
    }

    /** Where it lies. */
    public Path file() {
        return folder.file(task.job().content());
    }
}
