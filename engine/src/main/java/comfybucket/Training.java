package comfybucket;

import com.google.gson.JsonObject;
import comfybucket.about.Version;
import comfybucket.connect.Buckets;
import comfybucket.connect.LocalServer;
import comfybucket.files.Folders;
import comfybucket.profile.Machine;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.imageio.ImageIO;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageProducer;

/**
 * A typical use of the engine from start to end, for the JVM to learn from when it makes the AOT cache: over the real
 * protocol, to the embedded store, in a folder that is removed afterwards.
 */
final class Training {
    private static final int SIDE = 1024;
    private static final int BATCH = 4;

    /**
     * One for each profile. The JVM's own profiles of the run are part of the cache (JEP 515), and what was hot in it is
     * compiled at every start: that shall be what works on pixels, and little else.
     */
    private static final int ROUNDS = 2;

    private static final String HERE = "here";
    private static final String THERE = "there";

    private static final String WORKFLOW = "{\"nodes\": [], \"links\": [], \"version\": 0.4}";

    private final Path folder;
    private final Endpoint engine;

    /** One that is told how far everything is, and does nothing about it. */
    private record Pack() implements Endpoint {
        @Override
        public CompletableFuture<?> request(String method, Object params) {
            throw new IllegalStateException("The engine asks for nothing");
        }

        @Override
        public void notify(String method, Object params) {}
    }

    private Training(Path folder, Endpoint engine) {
        this.folder = folder;
        this.engine = engine;
    }

    static void run() throws IOException, InterruptedException, ExecutionException {
        WarmUp.begin();
        Path folder = Files.createTempDirectory("comfy-bucket-training-");
        try (Buckets local = new Buckets(chosen -> Profile.local(folder.resolve("bucket")))) {
            Machine machine = machine(folder, local.serve(ProfileRef.DEFAULT));
            // Not java.io's piped streams: they take a pipe for dead when the thread that wrote last has ended.
            Pipe requests = Pipe.open();
            Pipe answers = Pipe.open();
            InputStream fromPack = Channels.newInputStream(requests.source());
            OutputStream toPack = Channels.newOutputStream(answers.sink());
            InputStream fromEngine = Channels.newInputStream(answers.source());
            OutputStream toEngine = Channels.newOutputStream(requests.sink());
            Thread serving = Thread.ofPlatform().daemon().start(() -> serve(machine, fromPack, toPack));
            MessageJsonHandler json = new MessageJsonHandler(Map.of());
            RemoteEndpoint engine = new RemoteEndpoint(new StreamMessageConsumer(toEngine, json), new Pack());
            json.setMethodProvider(engine);
            StreamMessageProducer told = new StreamMessageProducer(fromEngine, json, engine);
            Thread listening = Thread.ofPlatform().daemon().start(() -> told.listen(engine));
            new Training(folder, engine).useEverything();
            serving.join();
            listening.interrupt();
        } finally {
            Folders.delete(folder);
        }
    }

    /** One whose settings name the embedded store twice: as it is, and as a server somewhere. */
    private static Machine machine(Path folder, LocalServer server) throws IOException {
        JsonObject here = new JsonObject();
        here.addProperty("provider", "Local");
        here.addProperty("folder", folder.resolve("bucket").toString());
        JsonObject there = new JsonObject();
        there.addProperty("provider", "Custom");
        there.addProperty("endpoint_url", server.endpoint().toString());
        there.addProperty("bucket", server.bucket());
        there.addProperty("access_key", server.accessKey());
        there.addProperty("secret_key", server.secretKey().reveal());
        JsonObject profiles = new JsonObject();
        profiles.add(HERE, here);
        profiles.add(THERE, there);
        JsonObject whole = new JsonObject();
        whole.add("profiles", profiles);
        Path file = Files.writeString(folder.resolve("profiles.json"), whole.toString());
        // All of its folders below this one: what a user's engine remembers stays as it is.
        return new Machine(
                Map.of("COMFY_S3_PROFILES", file.toString()),
                Machine.ofThisProcess().osName(),
                folder);
    }

    private static void serve(Machine machine, InputStream in, OutputStream out) {
        try {
            Main.serve(machine, in, out);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void useEverything() throws IOException, InterruptedException, ExecutionException {
        Path temp = Files.createDirectory(folder.resolve("temp"));
        ask(
                "initialize",
                Map.of("protocol", 1, "version", Version.CURRENT, "folders", Map.of("temp", temp.toString())));
        Map<String, Object> floats =
                Map.of("path", pixels().toString(), "batch", BATCH, "height", SIDE, "width", SIDE, "channels", 3);
        Path jpeg = jpeg();
        long length = Files.size(jpeg);
        Map<String, Object> compressed =
                Map.of("path", jpeg.toString(), "lengths", List.of(length), "width", SIDE, "height", SIDE);
        for (int round = 0; round < ROUNDS; round++) {
            String profile = round % 2 == 0 ? THERE : HERE;
            save("png", profile, Map.of("pixels", floats));
            save("webp", profile, Map.of("pixels", floats));
            save("jpg", profile, Map.of("encoded", compressed));
        }
        Map<String, Object> here = Map.of("profile", Map.of("profile", HERE));
        Map<String, Object> first = Map.of("profile", Map.of("profile", HERE), "key", "comfyui/images/ComfyUI_0.png");
        Path sound = Files.writeString(temp.resolve("0.flac"), "a sound that was encoded elsewhere");
        run("SaveAudioToCloud", here, Map.of("files", List.of(Map.of("path", sound.toString()))));
        run("SaveTextToCloud", Map.of("text", WORKFLOW, "profile", Map.of("profile", HERE)), Map.of());
        run("CloudStorageProfile", Map.of("profile", HERE), Map.of());
        run("LoadImageFromCloud", first, Map.of());
        ask("node/identity", Map.of("node", "LoadImageFromCloud", "inputs", first));
        run("LoadImagesFromCloud", Map.of("profile", Map.of("profile", HERE), "prefix", "comfyui/"), Map.of());
        run("ListBucketContents", here, Map.of());
        run("GeneratePresignedURL", first, Map.of());
        run("TestCloudConnection", here, Map.of());
        ask("shutdown", Map.of());
        engine.notify("exit", Map.of());
    }

    private void save(String format, String profile, Map<String, Object> pictures)
            throws InterruptedException, ExecutionException {
        Map<String, Object> inputs =
                Map.of("format", format, "presign_url", true, "profile", Map.of("profile", profile));
        run("SaveImageToCloud", inputs, pictures);
    }

    private void run(String node, Map<String, Object> inputs, Map<String, Object> more)
            throws InterruptedException, ExecutionException {
        Map<String, Object> context =
                Map.of("prompt", "{}", "extra_pnginfo", Map.of("workflow", WORKFLOW), "disable_metadata", false);
        Map<String, Object> request = new HashMap<>(more);
        request.putAll(Map.of("node", node, "inputs", inputs, "context", context, "run", "training"));
        ask("node/run", request);
    }

    private void ask(String method, Map<String, Object> params) throws InterruptedException, ExecutionException {
        engine.request(method, params).get();
    }

    /** Slopes with grain, so that the encoder's ways for photographs are the ones that get known. */
    private Path pixels() throws IOException {
        ByteBuffer floats =
                ByteBuffer.allocate(BATCH * SIDE * SIDE * 3 * Float.BYTES).order(ByteOrder.nativeOrder());
        SplittableRandom random = new SplittableRandom(1);
        for (int at = 0; floats.hasRemaining(); at++) {
            floats.putFloat(0.1f + 0.8f * (at % (3 * SIDE)) / (3 * SIDE) + 0.02f * (float) random.nextDouble());
        }
        return Files.write(folder.resolve("pixels"), floats.array());
    }

    private Path jpeg() throws IOException {
        Path file = folder.resolve("jpeg");
        ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
        return file;
    }
}
