package comfybucket.node;

import com.google.gson.JsonElement;
import comfybucket.connect.Buckets;
import comfybucket.media.cache.MediaCache;
import comfybucket.profile.Machine;
import comfybucket.profile.Profiles;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Save nodes with settings from the environment, and the embedded store behind a hook that can refuse. */
@Timeout(60)
abstract class SaveNodeFixture {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final List<Request> writes = new CopyOnWriteArrayList<>();
    private volatile String refused = "";
    private volatile CountDownLatch before = new CountDownLatch(0);
    private volatile boolean questionsRefused;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private LocalStore store;
    private Buckets buckets;
    private Nodes nodes;

    @BeforeEach
    final void start() throws IOException {
        store = LocalStore.open(
                folder.resolve("bucket"), StoreOptions.defaults().withFront(this::refusing));
        environment.put("COMFY_S3_PROVIDER", "MinIO");
        environment.put("COMFY_S3_ENDPOINT_URL", store.endpoint().toString());
        environment.put("COMFY_S3_ACCESS_KEY", store.accessKey());
        environment.put("COMFY_S3_SECRET_KEY", store.secretKey());
        environment.put("COMFY_S3_BUCKET", store.bucket());
        Files.createDirectories(output());
        Files.createDirectories(temp());
        open();
    }

    private void open() {
        Machine machine = new Machine(environment, "Linux", folder);
        Profiles profiles = new Profiles(machine, folder.resolve("profiles.json"));
        buckets = new Buckets(profiles::resolve);
        nodes = new Nodes(
                buckets,
                folder.resolve("outbox"),
                new Host(
                        Optional.of(output()),
                        Optional.of(temp()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new MediaCache(folder.resolve("media")));
    }

    @AfterEach
    final void stop() throws IOException {
        buckets.close();
        store.close();
    }

    private Handler refusing(Handler inner) {
        return request -> {
            if (Set.of("PUT", "POST").contains(request.method())) {
                writes.add(request);
                if (!refused.isEmpty() && request.path().contains(refused)) {
                    waitFor(before);
                    return Response.of(403);
                }
                if (request.query().contains("partNumber")) {
                    waitFor(held);
                }
                Response taken = inner.handle(request);
                before.countDown();
                return taken;
            }
            boolean asks = Set.of("GET", "HEAD").contains(request.method());
            return asks && questionsRefused ? Response.of(403) : inner.handle(request);
        };
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException();
        }
    }

    /** From now on the store does not answer to parts of uploads until it is let go. */
    final CountDownLatch holdParts() {
        held = new CountDownLatch(1);
        return held;
    }

    /** The requests that have changed the bucket, or tried to. */
    final List<Request> writes() {
        return List.copyOf(writes);
    }

    /** From now on the store takes nothing whose address contains this. */
    final void refuse(String part) {
        refuse(part, 0);
    }

    /** The same, and the refusal comes when the store has taken so many others. */
    final void refuse(String part, int others) {
        before = new CountDownLatch(others);
        refused = part;
    }

    /** From now on the store answers no question, as to a key that may only write. */
    final void refuseQuestions() {
        questionsRefused = true;
    }

    final void set(String variable, String value) {
        environment.put(variable, value);
        open();
    }

    /** Writes {@code profiles.json}: the store under the name {@code p}, with these fields beside. */
    final void profile(String fields) throws IOException {
        Path file = Files.writeString(folder.resolve("profiles.json"), """
                {"profiles": {"p": {"provider": "MinIO", "endpoint_url": "%s", "access_key": "%s", "secret_key": "%s",
                "bucket": "%s", %s}}}""".formatted(
                        store.endpoint(), store.accessKey(), store.secretKey(), store.bucket(), fields));
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
    }

    final Nodes nodes() {
        return nodes;
    }

    final Buckets buckets() {
        return buckets;
    }

    /** ComfyUI's folder. */
    final Path output() {
        return folder.resolve("output");
    }

    /** ComfyUI's folder. */
    final Path temp() {
        return folder.resolve("temp");
    }

    final Path stored(String key) {
        return folder.resolve("bucket/comfyui").resolve(key);
    }

    /** The names of the objects directly below a folder of the bucket. */
    final List<String> files(String below) {
        try (Stream<Path> files = Files.list(stored(below))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static List<String> keys(NodeResult saved) {
        return saved.outputs().get(2).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
