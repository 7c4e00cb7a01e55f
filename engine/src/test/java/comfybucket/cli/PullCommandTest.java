package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullCommandTest {
    @TempDir
    private Path home;

    private Commands commands;
    private Path to;

    @BeforeEach
    void fill() throws IOException {
        commands = new Commands(home);
        commands.put("images/a.png", "a");
        commands.put("images/deep/b.png", "b");
        commands.put("images/deep/c.jpg", "c");
        to = home.resolve("to");
    }

    @Test
    void downloadsOneObjectUnderTheLastPartOfItsKey() throws IOException {
        pull("images/deep/b.png").isOk();
        assertThat(files()).containsExactly("b.png");
        assertThat(to.resolve("b.png")).hasContent("b");
    }

    @Test
    void keepsFoldersBelowTheOneThatWasNamed() throws IOException {
        pull("images/").isOk();
        assertThat(files()).containsExactly("a.png", "deep/b.png", "deep/c.jpg");
    }

    @Test
    void downloadsWhatMatches() throws IOException {
        pull("images/**/*.png").isOk();
        assertThat(files()).containsExactly("a.png", "deep/b.png");
    }

    @Test
    void replacesNothingUnlessTold() throws IOException {
        Files.createDirectories(to);
        Path file = Files.writeString(to.resolve("a.png"), "mine");
        assertThat(pull("images/a.png")).returns(9, Commands.Result::code);
        pull("images/a.png", "--if-exists", "skip").isOk();
        assertThat(file).hasContent("mine");
        pull("images/a.png", "--if-exists", "overwrite").isOk();
        assertThat(file).hasContent("a");
        assertThat(files()).containsExactly("a.png");
    }

    @Test
    void aLinkInPlaceOfTheFileIsReplacedAndNotFollowed() throws IOException {
        Files.createDirectories(to);
        Path outside = Files.writeString(home.resolve("outside.txt"), "mine");
        Files.createSymbolicLink(to.resolve("a.png"), outside);
        assertThat(pull("images/a.png")).returns(9, Commands.Result::code);
        pull("images/a.png", "--if-exists", "overwrite").isOk();
        assertThat(outside).hasContent("mine");
        assertThat(to.resolve("a.png")).hasContent("a").isRegularFile();
    }

    @Test
    void aDryRunChangesNothing() {
        assertThat(pull("images/", "--dry-run", "--json").isOk().json("state")).containsOnly("would_pull");
        assertThat(to).doesNotExist();
    }

    @Test
    void hostileKeysStayInTheFolder() throws IOException {
        commands.put("evil/../../escaped.txt", "x");
        commands.put("evil//etc/passwd", "x");
        commands.put("evil/C:\\x", "x");
        commands.put("evil/a", "file");
        commands.put("evil/a/b", "below it");
        pull("evil/").isOk();
        assertThat(files()).hasSize(5);
        assertThat(home.resolve("escaped.txt")).doesNotExist();
        assertThat(to.resolve("a")).hasContent("file");
    }

    @Test
    void missingKeysFailAndTheOthersArrive() throws IOException {
        Commands.Result result = pull("nothing.png", "images/a.png");
        assertThat(result.code()).isEqualTo(8);
        assertThat(result.err()).contains("Object not found: s3://comfyui/nothing.png");
        assertThat(files()).containsExactly("a.png");
        assertThat(pull("nothing/**")).returns(4, Commands.Result::code);
    }

    @Test
    void aFlippedByteIsNeverAccepted() throws IOException {
        for (int size : List.of(1_000, 35 << 20)) {
            pullThrough(size, handler -> request -> flipped(handler.handle(request)))
                    .satisfies(result -> assertThat(result.code()).isEqualTo(1))
                    .satisfies(result -> assertThat(result.err()).contains("arrived damaged"));
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void anObjectThatIsReplacedMeanwhileGivesItsNewVersionAndNoMixture() throws IOException {
        AtomicBoolean first = new AtomicBoolean(true);
        Object oneAtATime = new Object();
        pullThrough(35 << 20, handler -> request -> {
                    synchronized (oneAtATime) {
                        Response response = handler.handle(request);
                        if (isDownload(request) && first.getAndSet(false)) {
                            replaceLarge("other.bin");
                        }
                        return response;
                    }
                })
                .returns(0, Commands.Result::code);
        assertThat(files()).containsExactly("large.bin");
        assertThat(to.resolve("large.bin")).hasSameBinaryContentAs(home.resolve("other.bin"));
    }

    @Test
    void anObjectThatIsReplacedAllTheTimeIsAnError() throws IOException {
        AtomicBoolean beginning = new AtomicBoolean();
        AtomicBoolean other = new AtomicBoolean();
        Object oneAtATime = new Object();
        pullThrough(35 << 20, handler -> request -> {
                    synchronized (oneAtATime) {
                        Response response = handler.handle(request);
                        boolean begins = request.method().equals("HEAD");
                        if (isDownload(request) && beginning.getAndSet(false)) {
                            replaceLarge(other.getAndSet(!other.get()) ? "large.bin" : "other.bin");
                        }
                        beginning.compareAndSet(false, begins);
                        return response;
                    }
                })
                .satisfies(result -> assertThat(result.err()).contains("The object changed while it was in use"));
        assertThat(files()).isEmpty();
    }

    @Test
    void aStoreThatKnowsNoRangesGivesTheWholeObject() throws IOException {
        pullThrough(35 << 20, handler -> request -> {
                    Response response = handler.handle(request);
                    return isDownload(request) ? whole(response) : response;
                })
                .returns(0, Commands.Result::code);
        assertThat(to.resolve("large.bin")).hasSameBinaryContentAs(home.resolve("large.bin"));
    }

    @Test
    void ctrlCLeavesNoHalfFile() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread stopping = Thread.currentThread();
        Thread ctrlC = Thread.ofVirtual().start(() -> {
            try {
                begun.await();
                stopping.interrupt();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        long start = System.nanoTime();
        pullThrough(1_000, handler -> request -> {
                    if (!isDownload(request)) {
                        return handler.handle(request);
                    }
                    return new Response(200, Map.of(), new Body.Stream(out -> {
                        begun.countDown();
                        sleep(Duration.ofSeconds(20));
                    }));
                })
                .returns(130, Commands.Result::code);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(Thread.interrupted()).isTrue();
        ctrlC.join();
        assertThat(files()).isEmpty();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void replaceLarge(String by) {
        var _ = commands.inBucketOf(
                home.resolve("other"),
                bucket -> bucket.store()
                        .copy(
                                bucket.keys().resolve("copy-of-" + by),
                                bucket.keys().resolve("large.bin")));
    }

    private ObjectAssert<Commands.Result> pullThrough(int size, UnaryOperator<Handler> front) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Path large = Files.write(home.resolve("large.bin"), bytes);
        bytes[size / 2] ^= 1;
        Path other = Files.write(home.resolve("other.bin"), bytes);
        Path folder = home.resolve("other");
        try (LocalStore plain = LocalStore.open(folder)) {
            commands.profile("plain", commands.remote(plain));
            commands.run("push", "--profile", "plain", "--if-exists", "overwrite", large.toString())
                    .isOk();
            for (Path file : List.of(large, other)) {
                commands.run(
                                "push",
                                "--profile",
                                "plain",
                                "--to",
                                "copy-of-",
                                "--if-exists",
                                "overwrite",
                                file.toString())
                        .isOk();
            }
        }
        try (LocalStore hostile =
                LocalStore.open(folder, StoreOptions.defaults().withFront(front))) {
            commands.profile("hostile", commands.remote(hostile));
            return assertThat(pull("large.bin", "--profile", "hostile"));
        }
    }

    private static boolean isDownload(Request request) {
        return request.method().equals("GET") && request.path().endsWith("/large.bin");
    }

    private static Response whole(Response response) throws IOException {
        if (!(response.body() instanceof Body.FileRange(var file, long from, long length))) {
            return response;
        }
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.remove("Content-Range");
        return new Response(200, headers, new Body.FileRange(file, 0, file.size()));
    }

    private static Response flipped(Response response) throws IOException {
        if (response.status() >= 300
                || !(response.body() instanceof Body.FileRange(var file, long from, long length))) {
            return response;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        try (file) {
            while (bytes.hasRemaining()) {
                var _ = file.read(bytes, from + bytes.position());
            }
        }
        byte[] damaged = bytes.array();
        damaged[damaged.length / 3] ^= 4;
        return response.with(new Body.Bytes(damaged));
    }

    private Commands.Result pull(String... more) {
        return commands.run(Stream.concat(Stream.of("pull", "--to", to.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        if (!Files.exists(to)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(to)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> to.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
