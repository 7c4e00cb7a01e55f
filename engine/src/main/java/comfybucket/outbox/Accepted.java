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
    private final Outbox outbox;
    private final Task task;
    private final OutboxFolder folder;

    Accepted(Outbox outbox, Task task, OutboxFolder folder) {
        this.outbox = outbox;
        this.task = task;
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
            outcome = outbox.attempt(task, moved);
        } catch (CancellationException stopped) {
            outbox.cancel(task);
            throw stopped;
        }
        return switch (outcome) {
            case Outcome.Sent(ObjectKey key) -> key;
            case Outcome.Gone() -> throw new CancellationException("The job was removed from the outbox");
            case Outcome.Waits(CloudException cause) -> throw kept(cause);
            case Outcome.Held(CloudException cause) -> throw kept(cause);
        };
    }

    private CloudException kept(CloudException cause) {
        keep();
        return cause.with(Problem.KEPT_IN_OUTBOX, Map.of("path", file().toString()));
    }

    /** Sends it as soon as possible; this returns at once. */
    public void sendLater() {
        outbox.later(task, false);
    }

    /** Keeps it for the next start, or until the user wants it sent. */
    public void keep() {
        outbox.hold(task);
    }

    /** Takes it out again. */
    public void drop() {
        outbox.cancel(task);
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
