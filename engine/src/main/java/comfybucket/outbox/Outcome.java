package comfybucket.outbox;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectKey;
import java.util.EnumSet;
import java.util.Set;

/** What came of one try to send a job. */
sealed interface Outcome {
    /** It is in the bucket. */
    record Sent(ObjectKey key) implements Outcome {}

    /** The store could not be reached, or does not work; it will one day. */
    record Waits(CloudException cause) implements Outcome {}

    /** Somebody has to do something about it first. */
    record Held(CloudException cause) implements Outcome {}

    /** It belongs to another process by now, or the user has removed it. */
    record Gone() implements Outcome {}

    /** What passes without anybody changing the settings. */
    Set<Problem> PASSING = EnumSet.of(
            Problem.ENDPOINT_UNREACHABLE,
            Problem.TLS_FAILED,
            Problem.PROXY_FAILED,
            Problem.STORE_SILENT,
            Problem.STORE_BUSY,
            Problem.STORE_FAILED,
            Problem.STORE_FULL,
            Problem.STORE_REPLY_UNUSABLE,
            Problem.STORE_REDIRECTS);

    static Outcome failed(CloudException cause) {
        return PASSING.contains(cause.problem()) ? new Waits(cause) : new Held(cause);
    }
}
