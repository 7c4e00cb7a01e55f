package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BandwidthTest {
    private static final int SIZE = 300_000;

    @TempDir
    private Path home;

    @Test
    void aProfilesLimitHoldsUpAndDownTogether() throws IOException {
        ObjectKey key = new ObjectKey("a");
        try (Buckets buckets = new Buckets(limited()::resolve)) {
            Bucket bucket = buckets.open(ProfileRef.DEFAULT);
            long start = System.nanoTime();
            bucket.store().put(key, Payload.of(new byte[SIZE]), PutOptions.REPLACE);
            try (ObjectContent content = bucket.store().get(key, GetOptions.WHOLE)) {
                assertThat(content.bytes().readAllBytes()).hasSize(SIZE);
            }
            // A second each way, but for what may be caught up.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_700));
        }
    }

    private Profiles limited() throws IOException {
        Path profiles = home.resolve("profiles.json");
        Files.writeString(profiles, """
                {"profiles": {"slow": {"provider": "Local", "folder": "%s", "bandwidth_limit": %d}}}
                """.formatted(home.resolve("bucket"), SIZE));
        return new Profiles(new Machine(Map.of("COMFY_S3_PROFILE", "slow"), "Linux", home), profiles);
    }
}
