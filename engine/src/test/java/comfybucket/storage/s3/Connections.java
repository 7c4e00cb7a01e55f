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
    static final Timeouts QUICK =
            new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(1500), Duration.ofSeconds(10), Duration.ofSeconds(4));

    private Connections() {}

    static S3Connection to(URI endpoint, String bucket, String accessKey, String secretKey, Quirk... quirks) {
        return new S3Connection(
                endpoint,
                "us-east-1",
                bucket,
                true,
                false,
                Optional.<Path>empty(),
                new S3Credentials.Fixed(accessKey, secretKey, Optional.empty()),
                Set.of(quirks),
                32,
                "b2ai-comfyui/test");
    }

    /** A store that gives up soon, for tests of what goes wrong. */
    static S3Store impatient(S3Connection connection) {
        return new S3Store(connection, new ApacheHttp(ProxySettings.NONE), QUICK, RandomGenerator.getDefault());
    }
}
