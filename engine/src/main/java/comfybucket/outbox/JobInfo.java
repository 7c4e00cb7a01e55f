package comfybucket.outbox;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as people see it.
 *
 * @param uri where the file is to be; empty for a job that cannot be read
 * @param size in bytes of what is kept of it
 * @param file what is kept: a finished file, or one that {@code export} finishes
 * @param failure of the last try, or why it cannot be read
 */
public record JobInfo(
        JobId id,
        State state,
        Optional<String> uri,
        long size,
        Optional<String> profile,
        Optional<Instant> created,
        Path file,
        Optional<Failure> failure) {
    /** Who is going to do something about it. */
    public enum State {
        /** A running engine sends it. */
        WAITING,
        /** Its engine is dead; the next one sends it. */
        LEFT,
        /** It failed; the next start or {@code retry} sends it. */
        HELD,
        /** It cannot be read. */
        DAMAGED
    }
}
