package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.cache.MediaCache;
import comfybucket.models.folders.ModelFolders;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nodes that bring models, with a ComfyUI's folders and the embedded store. */
@Timeout(60)
class ModelNodesTest {
    private static final byte[] MODEL = safetensors(4);
    private static final byte[] EVIL = "cposix\nsystem\n(S'id'\ntR.".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private LocalStore store;
    private Buckets buckets;
    private Nodes nodes;
    private Path comfyui;

    @BeforeEach
    void start() throws IOException {
        comfyui = folder.toRealPath().resolve("ComfyUI");
        Files.createDirectories(comfyui.resolve("custom_nodes/pack"));
        Files.createDirectories(comfyui.resolve("models/checkpoints"));
        store = LocalStore.open(folder.resolve("bucket"), StoreOptions.defaults());
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
        nodes = new Nodes(buckets, Host.NONE, new MediaCache(folder.resolve("media")));
    }

    @AfterEach
    void stop() throws IOException {
        buckets.close();
        store.close();
    }

    @Test
    void downloadsOnceAndSaysWhatItDid() throws IOException {
        put("models/a.safetensors", MODEL);
        NodeResult first = download("checkpoints", "models/a.safetensors");
        assertThat(first.outputs().getFirst().getAsString()).isEqualTo("a.safetensors");
        assertThat(first.ui().text())
                .singleElement()
                .asString()
                .matches("downloaded: a\\.safetensors \\(\\d+ B in .+s\\)");
        assertThat(comfyui.resolve("models/checkpoints/a.safetensors")).hasBinaryContent(MODEL);
        NodeResult second = download("checkpoints", "models/a.safetensors");
        assertThat(second.ui().text()).containsExactly("cached: a.safetensors");
        assertThat(second.identity()).isEqualTo(first.identity());
        assertThat(nodes.identity("LoadModelFromCloud", inputs("checkpoints", "models/a.safetensors")))
                .isEqualTo(first.identity().orElseThrow());
    }

    @Test
    void changesItsIdentityWithTheObjectAndWhenTheFileIsGone() throws IOException {
        put("a.safetensors", MODEL);
        JsonObject inputs = inputs("checkpoints", "a.safetensors");
        String first = download("checkpoints", "a.safetensors").identity().orElseThrow();
        Files.delete(comfyui.resolve("models/checkpoints/a.safetensors"));
        assertThat(nodes.identity("LoadModelFromCloud", inputs)).isNotEqualTo(first);
        assertThat(download("checkpoints", "a.safetensors").identity()).contains(first);
        put("a.safetensors", safetensors(8));
        assertThat(nodes.identity("LoadModelFromCloud", inputs)).isNotEqualTo(first);
    }

    @Test
    void downloadsAnUnchangedModelAgainWhenAskedTo() {
        put("a.safetensors", MODEL);
        JsonObject inputs = inputs("checkpoints", "a.safetensors");
        inputs.addProperty("force_redownload", true);
        for (int i = 0; i < 2; i++) {
            assertThat(run("LoadModelFromCloud", inputs).ui().text().getFirst()).startsWith("downloaded: ");
        }
    }

    @Test
    void acceptsOnlyTheModelThatIsExpected() throws IOException, NoSuchAlgorithmException {
        put("a.safetensors", MODEL);
        JsonObject inputs = inputs("checkpoints", "a.safetensors");
        inputs.addProperty("sha256", "not a hash");
        refused(Problem.INPUT_NOT_USABLE, () -> run("LoadModelFromCloud", inputs));
        inputs.addProperty("sha256", "0".repeat(64));
        refused(Problem.MODEL_HASH_MISMATCH, () -> run("LoadModelFromCloud", inputs));
        assertThat(modelFiles()).isEmpty();
        inputs.addProperty("sha256", " " + sha256(MODEL).toUpperCase(Locale.ROOT) + "\n");
        assertThat(run("LoadModelFromCloud", inputs).ui().text().getFirst()).startsWith("downloaded: ");
    }

    @Test
    void usesTheVerifiedCopyWhenTheStoreIsOutOfReachAndStaysCached() throws IOException {
        put("a.safetensors", MODEL);
        JsonObject inputs = inputs("checkpoints", "a.safetensors");
        String online = download("checkpoints", "a.safetensors").identity().orElseThrow();
        store.close();
        String offline = nodes.identity("LoadModelFromCloud", inputs);
        NodeResult result = download("checkpoints", "a.safetensors");
        assertThat(result.outputs().getFirst().getAsString()).isEqualTo("a.safetensors");
        assertThat(result.ui().text())
                .containsExactly(
                        "cached: a.safetensors", "The store cannot be reached; this copy was verified when it could.");
        assertThat(result.identity()).contains(offline).isNotEqualTo(Optional.of(online));
    }

    @Test
    void aModelThatIsGoneIsAnErrorAndNotTheOldCopy() {
        put("a.safetensors", MODEL);
        download("checkpoints", "a.safetensors");
        Bucket bucket = buckets.open(ProfileRef.DEFAULT);
        bucket.store().delete(bucket.keys().resolve("a.safetensors"));
        refused(Problem.OBJECT_NOT_FOUND, () -> download("checkpoints", "a.safetensors"));
        refused(
                Problem.OBJECT_NOT_FOUND,
                () -> nodes.identity("LoadModelFromCloud", inputs("checkpoints", "a.safetensors")));
    }

    @ParameterizedTest
    @CsvSource({
        "LoadCheckpointFromCloud,checkpoints",
        "LoadLoraFromCloud,loras",
        "LoadVAEFromCloud,vae",
        "LoadDiffusionModelFromCloud,unet",
        "LoadControlNetFromCloud,controlnet",
        "LoadUpscaleModelFromCloud,upscale_models",
        "LoadCLIPVisionFromCloud,clip_vision",
        "LoadTextEncoderFromCloud,text_encoders"
    })
    void oneStepLoadersPutModelsWhereTheirLoadersLook(String node, String expected) {
        put("x/m.safetensors", MODEL);
        JsonObject inputs = new JsonObject();
        inputs.addProperty("key", "x/m.safetensors");
        assertThat(run(node, inputs).outputs().getFirst().getAsString()).isEqualTo("m.safetensors");
        assertThat(comfyui.resolve("models").resolve(expected).resolve("m.safetensors"))
                .hasBinaryContent(MODEL);
    }

    @Test
    void refusesWhatIsNoModelOrRunsPrograms() throws IOException {
        put("a.safetensors", EVIL);
        put("a.ckpt", EVIL);
        put("b.safetensors", "<html>".getBytes(StandardCharsets.US_ASCII));
        put("run.py", EVIL);
        refused(Problem.PICKLE_REFUSED, () -> download("checkpoints", "a.ckpt"));
        refused(Problem.PICKLE_REFUSED, () -> download("checkpoints", "a.safetensors"));
        refused(Problem.NOT_A_MODEL, () -> download("checkpoints", "b.safetensors"));
        refused(Problem.NOT_A_MODEL, () -> download("checkpoints", "run.py"));
        assertThat(modelFiles()).isEmpty();
        environment.put("COMFY_S3_ALLOW_PICKLE", "1");
        open();
        assertThat(download("checkpoints", "a.ckpt").outputs().getFirst().getAsString())
                .isEqualTo("a.ckpt");
    }

    /** Attack 2: no input names a folder or a path that it should not. */
    @Test
    void noInputPutsAnythingElsewhere() throws IOException {
        put("a.safetensors", MODEL);
        Files.createSymbolicLink(comfyui.resolve("models/link"), comfyui.resolve("custom_nodes"));
        Set<Path> before = files(folder);
        List<String> hostile = List.of(
                "custom_nodes",
                "custom_nodes/pack",
                "../custom_nodes",
                "configs",
                "diffusers",
                "link",
                "/",
                ".",
                "..",
                "checkpoints/../../custom_nodes",
                "checkpoints\0",
                "C:\\",
                "\\\\server\\share",
                "~",
                "$HOME",
                "",
                comfyui.resolve("custom_nodes").toString(),
                "checkpoints ",
                "CHECKPOINTS",
                "user",
                "output");
        for (String type : hostile) {
            refused(Problem.MODEL_TYPE_UNKNOWN, () -> download(type, "a.safetensors"));
        }
        assertThat(files(folder)).isEqualTo(before);
        List<String> names = List.of(
                "..",
                "../x",
                "../../custom_nodes/pack/x",
                "/etc/x",
                "C:x",
                "C:\\x",
                "\\\\?\\x",
                "CON",
                "a\nb",
                "a:b",
                "...",
                " ",
                "%2e%2e%2fx",
                "e\u0301",
                "x".repeat(250),
                "a\\..\\..\\b",
                "~/x",
                "$HOME",
                "-rf");
        for (String name : names) {
            String key = "k/" + name + ".safetensors";
            put(key, MODEL);
            for (String node : List.of("LoadModelFromCloud", "LoadLoraFromCloud")) {
                String type = node.equals("LoadLoraFromCloud") ? "loras" : "checkpoints";
                NodeResult result = run(node, inputs(type, key));
                Path file = comfyui.resolve(
                        "models", type, result.outputs().getFirst().getAsString());
                assertThat(file.normalize())
                        .startsWith(comfyui.resolve("models", type))
                        .hasBinaryContent(MODEL);
            }
        }
        Set<Path> elsewhere = new TreeSet<>(files(folder));
        elsewhere.removeAll(before);
        elsewhere.removeIf(file -> file.startsWith(comfyui.resolve("models/checkpoints"))
                || file.startsWith(comfyui.resolve("models/loras"))
                || file.startsWith(folder.resolve("bucket")));
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void saysHowFastItIs() {
        TransferLine line = new TransferLine(Progress.NONE);
        long second = 1_000_000_000;
        assertThat(line.line(0, 4_509_715_661L, 0)).isEqualTo("0 B of 4.2 GB");
        line.line(50_000_000, 4_509_715_661L, second / 2);
        assertThat(line.line(104_857_600, 4_509_715_661L, second))
                .isEqualTo("100.0 MB of 4.2 GB · 100.0 MB/s · 43s left");
        // It is taken from the last seconds only, and what an earlier try has brought does not count.
        for (int i = 2; i < 20; i++) {
            line.line(104_857_600 + i * 1_048_576L, 4_509_715_661L, i * second);
        }
        assertThat(line.line(125_829_120, 4_509_715_661L, 20 * second)).endsWith("1.0 MB/s · 69m41s left");
    }

    @Test
    void tellsTheLineWithTheBytes() {
        put("a.safetensors", MODEL);
        List<String> lines = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void update(long value, long total) {}

            @Override
            public void update(long value, long total, Supplier<String> line) {
                lines.add(value + "/" + total + " " + line.get());
            }
        };
        nodes.run("LoadModelFromCloud", inputs("checkpoints", "a.safetensors"), context(progress));
        assertThat(lines.getLast())
                .isEqualTo(MODEL.length + "/" + MODEL.length + " " + MODEL.length + " B of " + MODEL.length + " B");
    }

    private NodeResult download(String type, String key) {
        return run("LoadModelFromCloud", inputs(type, key));
    }

    private NodeResult run(String node, JsonObject inputs) {
        return nodes.run(node, inputs, context(Progress.NONE));
    }

    private RunContext context(Progress progress) {
        SequencedMap<String, List<Path>> types = new LinkedHashMap<>();
        Path models = comfyui.resolve("models");
        for (String type : List.of(
                "checkpoints",
                "loras",
                "vae",
                "text_encoders",
                "controlnet",
                "upscale_models",
                "clip_vision",
                "configs",
                "diffusers",
                "link")) {
            types.put(type, List.of(models.resolve(type)));
        }
        types.put("diffusion_models", List.of(models.resolve("unet"), models.resolve("diffusion_models")));
        Path packs = comfyui.resolve("custom_nodes");
        types.put("custom_nodes", List.of(packs));
        ModelFolders folders = new ModelFolders(models, types, List.of(), List.of(comfyui, packs));
        return new RunContext(
                Optional.empty(),
                new LinkedHashMap<>(),
                false,
                Optional.empty(),
                List.of(),
                Optional.of(folders),
                progress);
    }

    private static JsonObject inputs(String type, String key) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("model_type", type);
        inputs.addProperty("key", key);
        return inputs;
    }

    private void put(String key, byte[] content) {
        Bucket bucket = buckets.open(ProfileRef.DEFAULT);
        bucket.store().put(bucket.keys().resolve(key), Payload.of(content), PutOptions.REPLACE);
    }

    private List<Path> modelFiles() throws IOException {
        return files(comfyui.resolve("models")).stream()
                .filter(Files::isRegularFile)
                .toList();
    }

    private static Set<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return new TreeSet<>(all.toList());
        }
    }

    private static void refused(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static byte[] safetensors(int bytes) {
        byte[] header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[%1$d],\"data_offsets\":[0,%1$d]}}"
                .formatted(bytes)
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + header.length + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }
}
