package comfybucket.profile;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.error.CloudException;
import comfybucket.store.faults.Fuzz;
import comfybucket.store.faults.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profiles file that was damaged, or edited by somebody who does not know JSON. */
class ProfilesFuzzTest {
    private static final List<byte[]> EXAMPLES = Stream.of(
                    """
                    {"default": "mine", "profiles": {"mine": {"provider": "Custom", "endpoint_url": "https://a.example",
                        "access_key": "a", "secret_key": "s", "bucket": "b", "path_prefix": "p/", "read_only": true,
                        "default_tags": {"k": "v"}, "concurrency": 8, "bandwidth_limit": "10 MB/s"}}}
                    """,
                    "{\"profiles\": {\"mine\": {\"provider\": \"Cloudflare R2\", \"account_id\": \"1\", \"bucket\": \"b\"}}}")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<byte[]> WORDS = Stream.of(
                    "\"provider\":",
                    "\"credentials\": \"default_chain\",",
                    "\"concurrency\":",
                    "true",
                    "null",
                    "\"MinIO\"")
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toList();

    @Test
    void eachFileIsReadOrComplainedAbout(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("profiles.json");
        Profiles profiles = new Profiles(new Machine(Map.of(), "Linux", folder), file);
        int executions = Fuzz.executions(10_000);
        Seed.play(seed -> {
            Fuzz.run(seed, executions, EXAMPLES, WORDS, input -> {
                Files.write(file, input);
                read(profiles);
            });
            Assurance.shown(
                    Promise.PARSERS,
                    "damaged profiles files",
                    "%,d executions, 0 crashes, 0 longer than 1 s (seed %d)".formatted(executions, seed));
        });
    }

    private static void read(Profiles profiles) {
        try {
            profiles.complaints();
            profiles.resolve(new ProfileRef("mine", "", "", ""));
        } catch (CloudException complaint) {
            // As it should be.
        }
    }
}
