package comfybucket.storage.s3;

import comfybucket.provider.Quirk;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Connections for tests. */
final class Connections {
    /** Short enough for a test of what never answers, long enough for a machine that is busy. */
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(1500), Duration.ofSeconds(3), Duration.ofSeconds(4));

    /** How often a request is tried at most. */
    static final int TRIES = 3;

    private static final RetryPolicy POLICY = new RetryPolicy(
            TRIES, Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(4));

    /** When even the most stubborn server has been given up by {@link #impatient}, with what a busy machine adds. */
    static final Duration DEADLINE = Duration.ofSeconds(4 + 3 + 5);

    private Connections() {}

    static S3Connection to(URI endpoint, String bucket, String accessKey, String secretKey, Quirk... quirks) {
        return to(endpoint, bucket, accessKey, secretKey, Set.of(quirks));
    }

    static S3Connection to(URI endpoint, String bucket, String accessKey, String secretKey, Set<Quirk> quirks) {
        return new S3Connection(
                endpoint,
                "us-east-1",
                bucket,
                true,
                false,
                Optional.<Path>empty(),
                new S3Credentials.Fixed(accessKey, secretKey, Optional.empty()),
                quirks,
                32,
                "b2ai-comfyui/test");
    }

    /** A store that gives up soon, for tests of what goes wrong. */
    static S3Store impatient(S3Connection connection) {
        return impatient(connection, ProxySettings.NONE);
    }

    static S3Store impatient(S3Connection connection, ProxySettings proxies) {
        return impatient(connection, new StoreHttp(proxies));
    }

    static S3Store impatient(S3Connection connection, HttpLayer http) {
        return new S3Store(connection, http, TIMEOUTS, POLICY, RandomGenerator.getDefault());
    }

    /** The same for a store some of whose quirks have to show. */
    static S3Store impatient(S3Connection connection, Doubts doubts) {
        HttpLayer http = new StoreHttp(ProxySettings.NONE);
        return new S3Store(connection, doubts, http, TIMEOUTS, POLICY, RandomGenerator.getDefault());
    }

    /** A store that takes the first no for an answer. */
    static S3Store easilyPutOff(S3Connection connection) {
        HttpLayer http = new StoreHttp(ProxySettings.NONE);
        return new S3Store(connection, http, TIMEOUTS, POLICY.once(), RandomGenerator.getDefault());
    }

    /** A store that tries as often and pauses as short as the impatient one, and waits for a store that is slow. */
    static S3Store steady(S3Connection connection) {
        Duration minute = Duration.ofMinutes(1);
        Timeouts timeouts = new Timeouts(minute, minute, minute, minute);
        RetryPolicy policy = new RetryPolicy(TRIES, POLICY.pause(), POLICY.busyPause(), POLICY.longestPause(), minute);
        return new S3Store(
                connection, new StoreHttp(ProxySettings.NONE), timeouts, policy, RandomGenerator.getDefault());
    }

    /** A store that waits as long as it does in earnest. */
    static S3Store patient(S3Connection connection) {
        return S3Store.open(connection);
    }

    /** The same store under another address. */
    static S3Connection at(URI endpoint, S3Connection same) {
        return new S3Connection(
                endpoint,
                same.region(),
                same.bucket(),
                same.pathStyle(),
                same.allowHttp(),
                same.caBundle(),
                same.credentials(),
                same.quirks(),
                same.concurrency(),
                same.userAgent());
    }
}
