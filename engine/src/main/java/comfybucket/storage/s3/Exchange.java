package comfybucket.storage.s3;

import java.time.Duration;
import java.util.Optional;

/**
 * One try of one request, and what limits it. Bound to the thread while the SDK works on it, so that the HTTP layer
 * below and the signer know what they serve.
 */
final class Exchange implements AutoCloseable {
    static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    /** More than any answer but an object: 1,000 keys of 1,024 bytes, each byte encoded as three, with their details. */
    static final long ANSWER_LIMIT = 16 << 20;

    private final Duration silence;
    private final long answerLimit;
    private final Optional<BodyHash> bodyHash;
    private final Runnable released;
    private Optional<Watch> watch = Optional.empty();
    private boolean closed;

    /**
     * @param silence how long the store may be silent
     * @param answerLimit how many bytes a successful answer may have
     * @param bodyHash the body's SHA-256, when there is a body
     * @param released runs once, when the exchange is over
     */
    Exchange(Duration silence, long answerLimit, Optional<BodyHash> bodyHash, Runnable released) {
        this.released = released;
        this.silence = silence;
        this.answerLimit = answerLimit;
        this.bodyHash = bodyHash;
    }

    /** The time starts to run; when it is over, {@code abort} runs on another thread. */
    Watch begin(Runnable abort) {
        watch.ifPresent(Watch::end);
        Watch begun = new Watch(silence, abort);
        watch = Optional.of(begun);
        return begun;
    }

    long answerLimit() {
        return answerLimit;
    }

    Optional<BodyHash> bodyHash() {
        return bodyHash;
    }

    Duration silence() {
        return silence;
    }

    /** Whether it was given up because the store made no progress. */
    boolean expired() {
        return watch.map(Watch::expired).orElse(false);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            watch.ifPresent(Watch::end);
            released.run();
        }
    }
}
