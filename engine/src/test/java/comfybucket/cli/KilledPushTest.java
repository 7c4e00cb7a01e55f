package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.Main;
import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.faults.Seed;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code models push} in real processes that are killed: what the store has of a model is not sent again. */
@Timeout(600)
class KilledPushTest {
    private static final int PART = 16 << 20;
    private static final int PARTS = 12;
    private static final String NAME = "a.safetensors";

    @TempDir
    private Path home;

    private final AtomicLong stored = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private LocalStore store;

    @BeforeEach
    void open() throws IOException {
        store = LocalStore.open(
                home.resolve("store"), StoreOptions.defaults().withForce(false).withFront(this::front));
    }

    /** One part after another, so that a kill falls between them. */
    private Handler front(Handler next) {
        return request -> {
            if (!request.path().endsWith(NAME) || !request.query().contains("partNumber=")) {
                return next.handle(request);
            }
            running.incrementAndGet();
            try {
                synchronized (stored) {
                    Response answer = next.handle(request);
                    stored.addAndGet(answer.status() == 200 ? request.length() : 0);
                    pause();
                    return answer;
                }
            } finally {
                running.decrementAndGet();
            }
        };
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void goesOnWithThePartsThatTheStoreHas() throws Exception {
        Seed.play(seed -> {
            int kills = Assurance.cases(3, 60);
            int killed = 0;
            for (int model = 0; killed < kills; model++) {
                Random random = Seed.random(seed, model);
                long size = (PARTS - 1) * (long) PART + 1 + random.nextInt(PART);
                Path file = write(random, size);
                stored.set(0);
                for (int kill = 0; kill < 3; kill++) {
                    killed += isKilledAt(file, stored.get() + 1 + random.nextLong(3L * PART)) ? 1 : 0;
                }
                assertThat(isKilledAt(file, Long.MAX_VALUE)).isFalse();
                assertThat(stored).as("all that was ever stored of it").hasValue(size);
                assertThat(home.resolve("store")
                                .resolve(store.bucket())
                                .resolve("models")
                                .resolve(NAME))
                        .hasSameBinaryContentAs(file);
                assertThat(notes()).isEmpty();
            }
            Assurance.shown(
                    Promise.RESUME,
                    "SIGKILL of models push in the middle of an upload in parts",
                    "%,d kills, no part sent again that the store had (seed %d)".formatted(killed, seed));
        });
    }

    private Path write(Random random, long size) throws IOException {
        byte[] content = new byte[(int) size];
        random.nextBytes(content);
        return Files.write(home.resolve(NAME), content);
    }

    /** @return whether it was killed before its end, because the store had so many bytes */
    private boolean isKilledAt(Path file, long bytes) throws IOException, InterruptedException {
        Process process = push(file);
        boolean ended = false;
        while (!ended && stored.get() < bytes) {
            ended = process.waitFor(5, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly().waitFor();
        while (running.get() > 0) {
            pause();
        }
        assertThat(ended && process.exitValue() != 0).isFalse();
        return !ended;
    }

    private Process push(Path file) throws IOException {
        ProcessBuilder push = new ProcessBuilder(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "models",
                "push",
                file.toString(),
                "--if-exists",
                "overwrite"));
        push.environment()
                .putAll(Map.of(
                        "COMFY_S3_PROVIDER", "Custom",
                        "COMFY_S3_ENDPOINT_URL", store.endpoint().toString(),
                        "COMFY_S3_ACCESS_KEY", store.accessKey(),
                        "COMFY_S3_SECRET_KEY", store.secretKey(),
                        "COMFY_S3_BUCKET", store.bucket(),
                        "XDG_DATA_HOME", home.resolve("data").toString(),
                        "XDG_CACHE_HOME", home.resolve("cache").toString(),
                        "XDG_CONFIG_HOME", home.resolve("config").toString()));
        return push.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<Path> notes() throws IOException {
        try (Stream<Path> data = Files.walk(home.resolve("data"))) {
            return data.filter(Files::isRegularFile).toList();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
