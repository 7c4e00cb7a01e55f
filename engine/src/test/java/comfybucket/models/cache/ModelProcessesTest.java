package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.faults.Seed;
import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one folder of models: several at once, and such that are killed. No lock is involved. */
class ModelProcessesTest {
    private static final int KILLS_OF_ONE = 4;

    @TempDir
    private Path home;

    private final AtomicLong served = new AtomicLong();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private volatile int together;
    private volatile long pause;
    private LocalStore store;
    private Buckets buckets;
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        store = LocalStore.open(
                home.resolve("store"), StoreOptions.defaults().withForce(false).withFront(this::front));
        buckets = new Buckets(chosen -> FetchProcess.profile(store.endpoint(), store.accessKey(), store.secretKey()));
        folder = home.resolve("models");
    }

    private Handler front(Handler next) {
        return request -> {
            Response response = next.handle(request);
            if (request.method().equals("HEAD") && together > 0) {
                await(gates.computeIfAbsent(request.path(), key -> new CountDownLatch(together)));
            }
            if (request.method().equals("GET") && response.body() instanceof Body.FileRange range) {
                served.addAndGet(range.length());
                sleep(pause);
            }
            return response;
        };
    }

    /** Until all are there. */
    private static void await(CountDownLatch gate) {
        gate.countDown();
        try {
            assertThat(gate.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() throws IOException {
        buckets.close();
        store.close();
    }

    @Test
    void eightProcessesOnOneFolderLeaveEveryModelWhole() throws Exception {
        int models = Assurance.cases(100, 1_000);
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            contents.add(put(i, 4 * FetchProcess.PIECE + i));
        }
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            processes.add(start(models));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        for (int i = 0; i < models; i++) {
            assertThat(Files.readAllBytes(folder.resolve(i + ".safetensors"))).isEqualTo(contents.get(i));
        }
        assertThat(names()).hasSize(3 * models);
        Assurance.shown(
                Promise.RESUME,
                "8 processes that fetch the same models into one folder at once, without locks",
                "%,d models, 0 bad files, %.2f downloads each"
                        .formatted(
                                models,
                                (double) served.get()
                                        / contents.stream()
                                                .mapToLong(c -> c.length)
                                                .sum()));
    }

    @Test
    void ofThreeProcessesThatBeginInTheSameInstantOneDownloads() throws Exception {
        int models = Assurance.cases(60, 1_000);
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            contents.add(put(i, 4 * FetchProcess.PIECE + i));
        }
        together = 3;
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < together; i++) {
            processes.add(start(models));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        for (int i = 0; i < models; i++) {
            assertThat(folder.resolve(i + ".safetensors")).hasBinaryContent(contents.get(i));
        }
        assertThat(names()).hasSize(3 * models);
        assertThat(served.get())
                .isEqualTo(
                        contents.stream().mapToLong(content -> content.length).sum());
        Assurance.shown(
                Promise.RESUME,
                "3 processes that begin the same download in the same instant, without locks",
                "%,d models, each downloaded once".formatted(models));
    }

    @Test
    void aKilledProcessIsGoneOnWith() throws Exception {
        Seed.play(seed -> {
            int kills = Assurance.cases(8, 100);
            int killed = 0;
            pause = 200;
            for (int i = 0; killed < kills; i++) {
                Random random = Seed.random(seed, i);
                byte[] content = put(0, (20 << 20) + i);
                for (int kill = 0; kill < KILLS_OF_ONE && killed < kills; kill++) {
                    killed += isKilled(content.length, random.nextInt(content.length)) ? 1 : 0;
                }
                assertThat(isKilled(content.length, Integer.MAX_VALUE)).isFalse();
                assertThat(Files.readAllBytes(folder.resolve("0.safetensors"))).isEqualTo(content);
            }
            Assurance.shown(
                    Promise.RESUME,
                    "SIGKILL of real processes in the middle of a download of 20 MiB",
                    "%,d kills, nothing fetched again but pieces on their way, 0 bad files (seed %d)"
                            .formatted(killed, seed));
        });
    }

    /**
     * Fetches in a process that is killed when it was given so many bytes.
     *
     * @return whether that was before its end
     */
    private boolean isKilled(int size, int bytes) throws IOException, InterruptedException {
        long noted = notedBytes();
        served.set(0);
        Process process = start(1);
        boolean ended = false;
        while (!ended && served.get() < bytes) {
            ended = process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly().waitFor();
        assertThat(served.get()).isLessThanOrEqualTo(size - noted);
        return !ended;
    }

    private byte[] put(int model, int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Bucket bucket = buckets.open(ProfileRef.DEFAULT);
        bucket.store().put(FetchProcess.key(model), Payload.of(content), PutOptions.REPLACE);
        return content;
    }

    @Test
    void aModelFarLargerThanTheHeapComesIn() throws Exception {
        long size = Assurance.isLong() ? 50L << 30 : 1L << 30;
        int heap = 64;
        Path object = home.resolve("store")
                .resolve(store.bucket())
                .resolve(FetchProcess.key(0).value());
        Files.createDirectories(object.getParent());
        try (RandomAccessFile sparse = new RandomAccessFile(object.toFile(), "rw")) {
            sparse.setLength(size);
        }
        Process process = start(1, "-Xmx" + heap + "m", "large");
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("0.safetensors")).hasSize(size);
        assertThat(served.get()).isEqualTo(size);
        Assurance.shown(
                Promise.MEMORY,
                "a model that comes in, all of its bytes, in a process with -Xmx" + heap + "m",
                "%,d MiB".formatted(size >> 20));
    }

    private Process start(int models) throws IOException {
        return start(models, "-Xmx200m");
    }

    private Process start(int models, String heap, String... more) throws IOException {
        List<String> command = FetchProcess.command(heap, store, folder, models);
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** By the fullest journal, whose last line may be written in part. */
    private long notedBytes() throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long most = 0;
        for (String name : names()) {
            if (name.endsWith(".journal")) {
                String journal = Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
                long pieces = journal.lines()
                        .filter(line -> line.matches("piece [0-9]+ [0-9a-f]{16} [0-9a-f]{8}"))
                        .distinct()
                        .count();
                most = Math.max(most, (pieces - 1) * FetchProcess.PIECE);
            }
        }
        return most;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
