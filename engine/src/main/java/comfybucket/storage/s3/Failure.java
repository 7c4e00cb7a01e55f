package comfybucket.storage.s3;

import java.time.Duration;
import java.util.Optional;

/** What a failed try means for the next one. */
sealed interface Failure {
    /** It would fail again. */
    record Final() implements Failure {}

    /**
     * It may succeed next time.
     *
     * @param busy the store asked to slow down
     * @param after the pause that it asked for
     */
    record Passing(boolean busy, Optional<Duration> after) implements Failure {}
}
