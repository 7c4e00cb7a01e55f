package comfybucket.store.http;

import java.time.Duration;

/**
 * What one client may take.
 *
 * @param headBytes longest request line and headers together; S3's own limit is 8 KB of headers beside the URL
 * @param connections open at once; further ones wait in the system's backlog
 * @param idle how long a connection may wait for its next request
 * @param head how long a client may take to send the request line and headers
 * @param progress how long a body, in either direction, may stand still
 */
public record HttpLimits(int headBytes, int connections, Duration idle, Duration head, Duration progress) {
    public static final HttpLimits DEFAULT =
            new HttpLimits(64 << 10, 1_024, Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofSeconds(60));
}
