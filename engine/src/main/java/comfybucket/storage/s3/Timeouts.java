package comfybucket.storage.s3;

import java.time.Duration;

/**
 * How long the store may keep us waiting.
 *
 * @param connect for a connection, TLS included
 * @param silence without progress: nothing sent, nothing received, or hardly anything
 * @param work for an answer to what makes the store copy data ({@code CopyObject}, {@code CompleteMultipartUpload})
 * @param patience after this time since its start, an operation that failed is not tried again; longer than the silence,
 *     so that one connection that went dead is replaced
 */
record Timeouts(Duration connect, Duration silence, Duration work, Duration patience) {
    static final Timeouts STANDARD = new Timeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(45));
}
