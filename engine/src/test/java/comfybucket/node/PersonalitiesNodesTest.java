package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.Pixels;
import comfybucket.media.cache.MediaCache;
import comfybucket.profile.Machine;
import comfybucket.profile.Profiles;
import comfybucket.store.LocalStore;
import comfybucket.store.personality.Personality;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a workflow does, at every provider as it is known to behave, with a profile as a user would write it. */
@Timeout(120)
class PersonalitiesNodesTest {
    private static final int SIDE = 8;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aWorkflowRunsTwiceAndLosesNothing(Personality personality) throws IOException {
        try (LocalStore store = personality.serve(folder.resolve("bucket"));
                Buckets buckets = open(personality, store, false)) {
            Nodes nodes = nodes(buckets);
            for (String format : List.of("png", "webp")) {
                NodeResult first = save(nodes, format);
                NodeResult second = save(nodes, format);
                List<String> keys = Stream.concat(keys(first).stream(), keys(second).stream())
                        .toList();
                assertThat(keys).hasSize(6).doesNotHaveDuplicates().allMatch(key -> key.startsWith("pictures/cat ü+"));
                for (String key : keys) {
                    assertThat(load(nodes, key)).startsWith("s3://comfyui/team/" + key);
                }
                assertThat(listed(nodes)).containsAll(keys);
                assertThat(Files.exists(folder.resolve("bucket/comfyui/team/.comfy-bucket-probe")))
                        .as("what was tried out is gone")
                        .isFalse();
                URI link = URI.create(shared(nodes, keys.getLast()));
                try (InputStream bytes = link.toURL().openStream()) {
                    assertThat(bytes.readAllBytes()).hasSizeGreaterThan(20);
                }
            }
            assertThatThrownBy(() -> load(nodes, "pictures/no such.png"))
                    .isInstanceOfSatisfying(
                            CloudException.class,
                            failure -> assertThat(failure.problem()).isEqualTo(Problem.OBJECT_NOT_FOUND));
            assertThat(nodes.run("TestCloudConnection", new JsonObject(), RunContext.plain(Progress.NONE))
                            .outputs()
                            .getFirst()
                            .getAsString())
                    .startsWith("OK · s3://comfyui · " + personality.provider());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReadOnlyProfileReadsAndLeavesTheBucketAsItIs(Personality personality) throws IOException {
        String key;
        try (LocalStore store = personality.serve(folder.resolve("bucket"))) {
            try (Buckets buckets = open(personality, store, false)) {
                key = keys(save(nodes(buckets), "png")).getFirst();
            }
            List<Path> before = files();
            try (Buckets buckets = open(personality, store, true)) {
                Nodes nodes = nodes(buckets);
                assertThat(load(nodes, key)).contains(key);
                assertThat(listed(nodes)).contains(key);
                assertThatThrownBy(() -> save(nodes, "png"))
                        .isInstanceOfSatisfying(
                                CloudException.class,
                                failure -> assertThat(failure.problem()).isEqualTo(Problem.PROFILE_READ_ONLY));
            }
            assertThat(files()).isEqualTo(before);
        }
    }

    private Buckets open(Personality personality, LocalStore store, boolean readOnly) throws IOException {
        Path profiles = folder.resolve(readOnly ? "read-only.json" : "profiles.json");
        Files.writeString(profiles, """
                {"profiles": {"mine": {"provider": "%s", "endpoint_url": "%s", "access_key": "%s", "secret_key": "%s",
                    "bucket": "%s", "path_prefix": "team/", "default_tags": {"made-by": "a test"},
                    "read_only": %s%s}}}
                """.formatted(
                        personality.provider(),
                        personality.endpoint(store),
                        store.accessKey(),
                        store.secretKey(),
                        store.bucket(),
                        readOnly,
                        personality.pathStyle() ? "" : ", \"force_path_style\": false"));
        Map<String, String> environment = Map.of("COMFY_S3_PROFILE", "mine");
        Machine machine = new Machine(environment, "Linux", folder);
        return Buckets.remembering(new Profiles(machine, profiles)::resolve, folder.resolve("stores"));
    }

    private Nodes nodes(Buckets buckets) {
        return new Nodes(buckets, Host.NONE, new MediaCache(folder.resolve("media")));
    }

    private static NodeResult save(Nodes nodes, String format) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("key_prefix", "pictures/");
        inputs.addProperty("filename", "cat ü+%41_%batch_num%");
        inputs.addProperty("format", format);
        int count = 3;
        long bytes = (long) count * SIDE * SIDE * 3;
        Pixels pixels = new Pixels(Arena.ofAuto().allocate(bytes), count, SIDE, SIDE, 3);
        RunContext context = new RunContext(
                Optional.empty(),
                new LinkedHashMap<>(),
                false,
                Optional.of(new Pictures.Raw(pixels)),
                List.of(),
                Progress.NONE);
        return nodes.run("SaveImageToCloud", inputs, context);
    }

    private static List<String> keys(NodeResult saved) {
        return saved.outputs().get(2).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** @return what users call the object */
    private static String load(Nodes nodes, String key) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("key", key);
        NodeResult loaded = nodes.run("LoadImageFromCloud", inputs, RunContext.plain(Progress.NONE));
        assertThat(loaded.files().getFirst().path()).isNotEmptyFile();
        return loaded.files().getFirst().uri();
    }

    private static List<String> listed(Nodes nodes) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("prefix", "pictures/");
        return nodes
                .run("ListBucketContents", inputs, RunContext.plain(Progress.NONE))
                .outputs()
                .get(1)
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static String shared(Nodes nodes, String key) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("key", key);
        return nodes.run("GeneratePresignedURL", inputs, RunContext.plain(Progress.NONE))
                .outputs()
                .getFirst()
                .getAsString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("bucket/comfyui"))) {
            return files.sorted().toList();
        }
    }
}
