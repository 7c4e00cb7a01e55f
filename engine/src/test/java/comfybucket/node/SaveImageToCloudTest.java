package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.Pixels;
import comfybucket.profile.Machine;
import comfybucket.profile.Profiles;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The save node with settings from the environment and the embedded store behind a hook that can refuse. */
@Timeout(60)
class SaveImageToCloudTest {
    private static final int SIDE = 8;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private volatile String refused = "";
    private LocalStore store;
    private Buckets buckets;
    private Nodes nodes;

    @BeforeEach
    void start() throws IOException {
        store = LocalStore.open(
                folder.resolve("bucket"), StoreOptions.defaults().withFront(this::refusing));
        environment.put("COMFY_S3_PROVIDER", "MinIO");
        environment.put("COMFY_S3_ENDPOINT_URL", store.endpoint().toString());
        environment.put("COMFY_S3_ACCESS_KEY", store.accessKey());
        environment.put("COMFY_S3_SECRET_KEY", store.secretKey());
        environment.put("COMFY_S3_BUCKET", store.bucket());
        open();
    }

    private void open() {
        Machine machine = new Machine(environment, "Linux", folder);
        Profiles profiles = new Profiles(machine, folder.resolve("profiles.json"));
        buckets = new Buckets(profiles::resolve);
        nodes = new Nodes(buckets, Host.NONE);
    }

    @AfterEach
    void stop() throws IOException {
        buckets.close();
        store.close();
    }

    private Handler refusing(Handler inner) {
        return request -> !refused.isEmpty()
                        && request.method().equals("PUT")
                        && request.path().contains(refused)
                ? Response.of(403)
                : inner.handle(request);
    }

    @Test
    void tellsWhichPicturesAreInTheBucketWhenABatchFailsHalfWay() {
        refused = "cat_2";
        assertThatThrownBy(() -> save(6, inputs("cat_%batch_num%")))
                .isInstanceOfSatisfying(CloudException.class, thrown -> {
                    assertThat(thrown.problem()).isEqualTo(Problem.SAVED_IN_PART);
                    assertThat(thrown.getMessage()).contains("of 6").contains("Access denied");
                    for (String file : files()) {
                        assertThat(thrown.getMessage()).contains("s3://comfyui/pictures/" + file);
                    }
                    assertThat(thrown.getMessage()).doesNotContain("s3://comfyui/pictures/cat_2.png,");
                });
        assertThat(files()).isNotEmpty().doesNotContain("cat_2.png");
    }

    @Test
    void failsWithTheCauseAloneWhenNothingIsInTheBucket() {
        refused = "cat";
        assertThatThrownBy(() -> save(2, inputs("cat_%batch_num%")))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.ACCESS_DENIED));
    }

    @Test
    void givesEachPictureOfABatchAFileUnderATemplateThatTellsThemNotApart() {
        assertThat(keys(save(3, inputs("cat")))).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void replacesOnlyWhenAskedTo() {
        JsonObject overwrite = inputs("cat_%batch_num%");
        overwrite.addProperty("on_conflict", "overwrite");
        assertThat(keys(save(2, overwrite))).isEqualTo(keys(save(2, overwrite)));
        assertThat(files()).containsExactlyInAnyOrder("cat_0.png", "cat_1.png");
    }

    @Test
    void failsWhenTheNameIsTakenAndThatIsWanted() {
        JsonObject fail = inputs("cat");
        fail.addProperty("on_conflict", "fail");
        save(1, fail);
        assertThatThrownBy(() -> save(1, fail))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.OBJECT_EXISTS));
        assertThat(files()).hasSize(1);
    }

    @Test
    void givesKeysRelativeToThePrefixThatLoadAsTheyAre() {
        environment.put("COMFY_S3_PATH_PREFIX", "team/");
        open();
        String key = keys(save(1, inputs("cat"))).getFirst();
        assertThat(key).startsWith("pictures/cat");
        JsonObject load = new JsonObject();
        load.addProperty("key", key);
        NodeResult loaded = nodes.run("LoadImageFromCloud", load, RunContext.plain(Progress.NONE));
        assertThat(loaded.ui().text()).containsExactly("s3://comfyui/team/" + key);
        assertThat(loaded.file().orElseThrow().path().toFile().delete()).isTrue();
    }

    @Test
    void givesAnUrlOnlyWhenAskedTo() {
        JsonObject inputs = inputs("cat");
        assertThat(save(1, inputs).outputs().get(1).getAsString()).isEmpty();
        inputs.addProperty("presign_url", true);
        NodeResult shared = save(1, inputs);
        assertThat(shared.outputs().get(1).getAsString()).contains("X-Amz-Signature=");
        assertThat(shared.ui().text().getLast())
                .isEqualTo("url: " + shared.outputs().get(1).getAsString());
    }

    @Test
    void refusesAnEmptyBatchAndFormatsThatDoNotExist() {
        assertThatThrownBy(() -> nodes.run("SaveImageToCloud", inputs("cat"), RunContext.plain(Progress.NONE)))
                .hasMessageContaining("images");
        JsonObject bmp = inputs("cat");
        bmp.addProperty("format", "bmp");
        assertThatThrownBy(() -> save(1, bmp)).hasMessageContaining("png, jpg or webp");
    }

    private static JsonObject inputs(String filename) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("key_prefix", "pictures/");
        inputs.addProperty("filename", filename);
        return inputs;
    }

    private NodeResult save(int count, JsonObject inputs) {
        long bytes = (long) count * SIDE * SIDE * 3 * Float.BYTES;
        Pixels pixels = new Pixels(Arena.ofAuto().allocate(bytes, Float.BYTES), count, SIDE, SIDE, 3);
        RunContext context = new RunContext(
                Optional.empty(), new LinkedHashMap<>(), false, Optional.of(new Pictures.Raw(pixels)), Progress.NONE);
        return nodes.run("SaveImageToCloud", inputs, context);
    }

    private static List<String> keys(NodeResult saved) {
        return saved.outputs().get(2).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder.resolve("bucket/comfyui/pictures"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
