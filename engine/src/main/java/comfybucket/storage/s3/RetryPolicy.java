package comfybucket.storage.s3;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often and after which pauses a failed request is tried again. Pauses grow twofold and are drawn evenly from zero
 * to that, so that clients that failed together do not return together.
 *
 * @param tries at most, the first included
 * @param pause the longest pause before the second try
 * @param busyPause the same after the store asked to slow down
 * @param longestPause what pauses grow to
 * @param patience no new try begins later than this after the first
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and jitter</a>
 */
record RetryPolicy(int tries, Duration pause, Duration busyPause, Duration longestPause, Duration patience) {
    static RetryPolicy standard(Duration patience, boolean lowWriteLimits) {
        Duration busy = lowWriteLimits ? Duration.ofSeconds(4) : Duration.ofSeconds(1);
        return new RetryPolicy(6, Duration.ofMillis(200), busy, Duration.ofSeconds(10), patience);
    }

    /** The same without a second try. */
    RetryPolicy once() {
        return new RetryPolicy(1, pause, busyPause, longestPause, patience);
    }

    /**
     * How long to wait before the next try.
     *
     * @param failed how many tries have failed
     * @param elapsed since the beginning of the first
     * @param wanted the pause that the store asked for, which is a minimum
     * @return empty when there shall be none
     */
    Optional<Duration> pause(
            int failed, Duration elapsed, boolean busy, Optional<Duration> wanted, RandomGenerator random) {
        if (failed >= tries) {
            return Optional.empty();
        }
        long first = (busy ? busyPause : pause).toMillis();
        long longest = Math.min(first << Math.min(failed - 1, 20), longestPause.toMillis());
        Duration drawn = Duration.ofMillis(random.nextLong(longest + 1));
        Duration chosen = wanted.filter(w -> w.compareTo(drawn) > 0).orElse(drawn);
        return Optional.of(chosen).filter(c -> elapsed.plus(c).compareTo(patience) < 0);
    }
}
