package comfybucket.media.cache;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.storage.ETag;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import comfybucket.store.disk.Keys;
import comfybucket.store.faults.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is one object's in one store is never another's, and lies where it should, whatever the key. */
class VersionsTest {
    private static final Path ROOT = Path.of("/cache/media");
    private static final int RANDOM_KEYS = 2_000;

    /** Names that run into each other when they are put one after the other. */
    private static final List<String> BUCKETS = List.of("bucket", "bucketa", "a", "aa");

    private static final List<String> ENDPOINTS = List.of("https://s3.example", "https://s3.example:8443", "http://a");

    private static final List<String> ETAGS = List.of("a", "aa", "a1", "1");

    @Test
    void noTwoVersionsShareAFileAndNoneLeavesTheFolder(@TempDir Path home) throws Exception {
        Seed.play(seed -> {
            Map<Path, String> owners = new HashMap<>();
            try (Buckets buckets = open(home)) {
                for (Bucket bucket : all(buckets)) {
                    keys(Seed.random(seed, 0)).forEach(key -> claim(bucket, key, owners));
                }
            }
            String figure = "%,d versions of keys, 0 collisions, 0 outside (seed %d)".formatted(owners.size(), seed);
            Assurance.shown(Promise.ONE_OBJECT_A_CACHE_ENTRY, "the media cache across stores and buckets", figure);
        });
    }

    private static void claim(Bucket bucket, ObjectKey key, Map<Path, String> owners) {
        for (String etag : ETAGS) {
            ObjectSummary version = new ObjectSummary(key, etag.length(), new ETag(etag), Instant.ofEpochSecond(1));
            Path file = Versions.of(ROOT, bucket, key).file(version);
            assertThat(file.getParent().getParent()).isEqualTo(ROOT);
            assertThat(Versions.isFile(file)).as("%s", file).isTrue();
            String owner = bucket.profile().endpointName() + " " + bucket.keys().uri(key) + " " + version;
            assertThat(owners.put(file, owner)).as("%s has the file of", owner).isNull();
        }
    }

    private static Stream<ObjectKey> keys(Random random) {
        return Stream.concat(
                        Keys.NASTY.stream(),
                        Stream.generate(() -> Keys.random(random)).limit(RANDOM_KEYS))
                .distinct()
                .map(ObjectKey::new);
    }

    private static List<Bucket> all(Buckets buckets) {
        List<Bucket> all = new ArrayList<>();
        for (int store = 0; store < ENDPOINTS.size(); store++) {
            for (String bucket : BUCKETS) {
                all.add(buckets.open(new ProfileRef("p" + store, "", bucket, "")));
            }
        }
        return all;
    }

    private static Buckets open(Path home) throws IOException {
        List<String> profiles = new ArrayList<>();
        for (int store = 0; store < ENDPOINTS.size(); store++) {
            profiles.add("""
                    "p%d": {"provider": "Custom", "endpoint_url": "%s", "allow_http": true, "bucket": "b",
                        "access_key": "a", "secret_key": "s"}""".formatted(store, ENDPOINTS.get(store)));
        }
        Path file = Files.writeString(
                home.resolve("profiles.json"), "{\"profiles\": {" + String.join(",", profiles) + "}}");
        return new Buckets(new Profiles(new Machine(Map.of(), "Linux", home), file)::resolve);
    }
}
