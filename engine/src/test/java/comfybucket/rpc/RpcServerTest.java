package comfybucket.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.connect.Buckets;
import comfybucket.media.cache.MediaCache;
import comfybucket.node.Nodes;
import comfybucket.profile.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine behind its protocol, with the embedded store as the bucket. */
@Timeout(60)
class RpcServerTest {
    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    private final List<JsonObject> progress = new CopyOnWriteArrayList<>();
    private Buckets buckets;
    private Endpoint engine;
    private OutputStream toEngine;
    private Thread serving;
    private Future<Void> listening;

    @BeforeEach
    void start() throws IOException {
        buckets = new Buckets(chosen -> Profile.local(folder.resolve("bucket")));
        // Not java.io's piped streams: they take a pipe for dead when the thread that wrote last has ended.
        Pipe requests = Pipe.open();
        Pipe answers = Pipe.open();
        toEngine = Channels.newOutputStream(requests.sink());
        InputStream fromPack = Channels.newInputStream(requests.source());
        OutputStream toPack = Channels.newOutputStream(answers.sink());
        InputStream fromEngine = Channels.newInputStream(answers.source());
        MediaCache cache = new MediaCache(folder.resolve("media"));
        RpcServer server =
                new RpcServer((host, notices) -> new Nodes(buckets, folder.resolve("outbox"), host, cache), "1.2.3");
        serving = Thread.ofPlatform().daemon().start(() -> {
            try {
                server.serve(fromPack, toPack);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        Launcher<Engine> pack = Launcher.createLauncher(new Listening(), Engine.class, fromEngine, toEngine);
        listening = pack.startListening();
        engine = pack.getRemoteEndpoint();
    }

    @AfterEach
    void stop() {
        serving.interrupt();
        listening.cancel(true);
        buckets.close();
    }

    /** The engine as the pack sees it; declared so that the library gives results as they are. */
    interface Engine {
        @JsonRequest("initialize")
        CompletableFuture<JsonElement> initialize(JsonElement params);

        @JsonRequest("node/run")
        CompletableFuture<JsonElement> run(JsonElement params);

        @JsonRequest("node/identity")
        CompletableFuture<JsonElement> identity(JsonElement params);

        @JsonRequest("shutdown")
        CompletableFuture<JsonElement> shutdown(JsonElement params);

        @JsonNotification("exit")
        void exit(JsonElement params);
    }

    /** Public because the RPC library calls it by reflection. */
    public final class Listening {
        @JsonNotification("$/progress")
        public void progress(JsonObject update) {
            progress.add(update);
        }
    }

    @Test
    void introducesItself() throws Exception {
        JsonObject hello = initialize();
        assertThat(hello.get("protocol").getAsInt()).isEqualTo(2);
        assertThat(hello.get("version").getAsString()).isEqualTo("1.2.3");
        assertThat(hello.get("pid").getAsLong())
                .isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void wantsTheIntroductionFirst() {
        ResponseError error = failure("node/run", "{node: 'ListBucketContents', run: '1'}");
        assertThat(error.getMessage()).contains("initialize");
    }

    @Test
    void savesPicturesAndLoadsOneBack() throws Exception {
        initialize();
        JsonObject saved = ask("node/run", save(3, "png"));
        List<JsonElement> outputs = saved.getAsJsonArray("outputs").asList();
        assertThat(outputs.get(0).getAsString()).isEqualTo("comfyui/images/ComfyUI_0.png");
        assertThat(outputs.get(1).getAsString()).isEmpty();
        assertThat(outputs.get(2).getAsJsonArray()).hasSize(3);
        assertThat(saved.getAsJsonObject("ui").getAsJsonArray("text").get(0).getAsString())
                .isEqualTo("s3://comfyui/comfyui/images/ComfyUI_0.png");
        JsonObject shown =
                saved.getAsJsonObject("ui").getAsJsonArray("images").get(2).getAsJsonObject();
        Path preview = folder.resolve("temp")
                .resolve(shown.get("subfolder").getAsString())
                .resolve(shown.get("filename").getAsString());

        JsonObject loaded = ask(
                "node/run", "{node: 'LoadImageFromCloud', run: '2', inputs: {key: 'comfyui/images/ComfyUI_2.png'}}");
        JsonObject file = loaded.getAsJsonArray("files").get(0).getAsJsonObject();
        assertThat(Path.of(file.get("path").getAsString())).hasSameBinaryContentAs(preview);
        assertThat(file.get("uri").getAsString()).isEqualTo("s3://comfyui/comfyui/images/ComfyUI_2.png");

        String identity = ask(
                        "node/identity", "{node: 'LoadImageFromCloud', inputs: {key: 'comfyui/images/ComfyUI_2.png'}}")
                .get("identity")
                .getAsString();
        assertThat(loaded.get("identity").getAsString()).isEqualTo(identity);
    }

    @Test
    void neverReplacesAnEarlierRun() throws Exception {
        initialize();
        JsonElement first =
                ask("node/run", save(2, "webp")).getAsJsonArray("outputs").get(2);
        JsonElement second =
                ask("node/run", save(2, "webp")).getAsJsonArray("outputs").get(2);
        assertThat(first.getAsJsonArray()).doesNotContainAnyElementsOf(second.getAsJsonArray());
    }

    @Test
    void saysHowFarItIsAndAlwaysTheEnd() throws Exception {
        initialize();
        ask("node/run", save(4, "png"));
        assertThat(progress.getLast()).hasToString("{\"run\":\"1\",\"value\":4,\"total\":4}");
    }

    @Test
    void tellsWhatIsMissingInTheCataloguesWords() throws Exception {
        initialize();
        ResponseError error =
                failure("node/run", "{node: 'LoadImageFromCloud', run: '1', inputs: {key: 'no/such.png'}}");
        assertThat(error.getMessage()).startsWith("Object not found: s3://comfyui/no/such.png");
        assertThat(code(error)).isEqualTo("object_not_found");
    }

    @Test
    void neverShowsAStackTraceForWhatNobodyForesaw() throws Exception {
        initialize();
        ResponseError error = failure("node/run", "{node: 'NoSuchNode', run: '1', inputs: {}}");
        assertThat(error.getCode()).isEqualTo(-32603);
        assertThat(error.getMessage()).doesNotContain("\tat ").doesNotContain("@");
    }

    @Test
    void endsWhenThePackSaysExit() throws Exception {
        initialize();
        engine.request("shutdown", new JsonObject()).get();
        engine.notify("exit", new JsonObject());
        serving.join(10_000);
        assertThat(serving.isAlive()).isFalse();
    }

    @Test
    void endsWhenThePackIsGone() throws Exception {
        initialize();
        toEngine.close();
        serving.join(10_000);
        assertThat(serving.isAlive()).isFalse();
    }

    private JsonObject initialize() throws Exception {
        Files.createDirectories(folder.resolve("temp"));
        JsonObject folders = new JsonObject();
        folders.addProperty("temp", folder.resolve("temp").toString());
        JsonObject hello = new JsonObject();
        hello.addProperty("protocol", 2);
        hello.addProperty("version", "1.2.3");
        hello.add("folders", folders);
        return ask("initialize", hello.toString());
    }

    private String save(int count, String format) throws IOException {
        ByteBuffer floats =
                ByteBuffer.allocate(count * SIDE * SIDE * 3 * Float.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; floats.hasRemaining(); i++) {
            floats.putFloat(i % 251 / 250f);
        }
        Path pixels = Files.write(folder.resolve("pixels"), floats.array());
        return "{node: 'SaveImageToCloud', run: '1', inputs: {format: '" + format + "'}, pixels: {path: '" + pixels
                + "', batch: " + count + ", height: " + SIDE + ", width: " + SIDE + ", channels: 3}}";
    }

    private JsonObject ask(String method, String params) throws Exception {
        Object answer = engine.request(method, JsonParser.parseString(params)).get(30, TimeUnit.SECONDS);
        return ((JsonElement) answer).getAsJsonObject();
    }

    private ResponseError failure(String method, String params) {
        List<ResponseError> errors = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() -> ask(method, params))
                .isInstanceOfSatisfying(
                        ExecutionException.class,
                        thrown -> errors.add(((ResponseErrorException) thrown.getCause()).getResponseError()));
        return errors.getFirst();
    }

    private static String code(ResponseError error) {
        return new Gson()
                .toJsonTree(error.getData())
                .getAsJsonObject()
                .get("code")
                .getAsString();
    }
}
