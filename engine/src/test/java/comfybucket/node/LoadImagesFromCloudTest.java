package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import comfybucket.connect.WatchedStore;
import comfybucket.error.CloudException;
import comfybucket.media.cache.MediaCache;
import comfybucket.store.http.Body;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pictures a prefix or a pattern brings, in which order, at which cost, and what becomes of one that fails. */
@Timeout(120)
class LoadImagesFromCloudTest {
    @TempDir
    private Path home;

    private WatchedStore store;
    private Nodes nodes;

    @BeforeEach
    void open() throws IOException {
        store = new WatchedStore(home);
        nodes = new Nodes(store.buckets(), Host.NONE, new MediaCache(home.resolve("media")));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            p/            | p/10.png p/2.JPG p/a/deep.webp
            p/1           | p/10.png
            -             | other.png p/10.png p/2.JPG p/a/deep.webp
            p/*           | p/10.png p/2.JPG p/notes.txt
            p/**/*.*[pP]* | p/10.png p/2.JPG p/a/deep.webp
            **/[!0-9]*.?? | -
            p/{2,10}.*    | p/10.png p/2.JPG
            /p/*.png      | p/10.png
            s3://comfyui/p/*.png | p/10.png
            """)
    void aPrefixTakesPicturesAndAPatternWhatItMatches(String prefix, String keys) throws IOException {
        for (String key : List.of("p/10.png", "p/2.JPG", "p/a/deep.webp", "p/notes.txt", "p/", "other.png")) {
            store.put(key, bytes(key));
        }
        JsonObject inputs = inputs(prefix == null ? "" : prefix);
        if (keys == null) {
            assertThatThrownBy(() -> run(inputs))
                    .isInstanceOf(CloudException.class)
                    .hasMessageStartingWith("No pictures found in s3://comfyui/: " + prefix);
            return;
        }
        NodeResult result = run(inputs);
        assertThat(keys(result)).containsExactly(keys.split(" "));
        for (int i = 0; i < result.files().size(); i++) {
            assertThat(Files.readString(result.files().get(i).path()))
                    .isEqualTo(keys(result).get(i));
            assertThat(result.files().get(i).uri())
                    .isEqualTo("s3://comfyui/" + keys(result).get(i));
        }
    }

    @Test
    void costsAListingAndAGetForEachAndTheNextTimeTheListingAlone() {
        put(3);
        NodeResult first = run(inputs("n/"));
        assertThat(store.takeRequests())
                .containsExactlyInAnyOrder(
                        "GET comfyui", "GET comfyui/n/0.png", "GET comfyui/n/1.png", "GET comfyui/n/2.png");
        assertThat(run(inputs("n/"))).isEqualTo(first);
        assertThat(store.takeRequests()).containsExactly("GET comfyui");
        assertThat(nodes.identity("LoadImagesFromCloud", inputs("n/")))
                .isEqualTo(first.identity().orElseThrow());
        store.put("n/1.png", bytes("changed"));
        assertThat(run(inputs("n/")).identity()).isNotEqualTo(first.identity());
        assertThat(store.takeRequests()).containsExactly("GET comfyui", "GET comfyui/n/1.png");
    }

    @Test
    void manyComeSideBySideAndEachIsToldWhenItIsThere() {
        put(24);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        store.front(inner -> request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                pause(Duration.ofMillis(50));
                return inner.handle(request);
            } finally {
                now.decrementAndGet();
            }
        });
        List<LoadedFile> arrived = new CopyOnWriteArrayList<>();
        long[] last = new long[2];
        Progress progress = new Progress() {
            @Override
            public void update(long value, long total) {
                last[0] = value;
                last[1] = total;
            }

            @Override
            public void arrived(LoadedFile file) {
                arrived.add(file);
            }
        };
        NodeResult result = nodes.run("LoadImagesFromCloud", inputs("n/"), RunContext.plain(progress));
        assertThat(most.get()).isGreaterThanOrEqualTo(8);
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(result.files());
        assertThat(last[0]).isEqualTo(last[1]).isPositive();
    }

    @Test
    void oneThatFailsIsNamedAndTheOthersAreThere() {
        put(3);
        store.front(inner -> request -> request.path().endsWith("/1.png") ? Response.of(403) : inner.handle(request));
        NodeResult result = run(inputs("n/"));
        assertThat(keys(result)).containsExactly("n/0.png", "n/2.png");
        assertThat(result.files())
                .extracting(LoadedFile::uri)
                .containsExactly("s3://comfyui/n/0.png", "s3://comfyui/n/2.png");
        assertThat(result.ui().text()).hasSize(1);
        assertThat(result.ui().text().getFirst()).startsWith("s3://comfyui/n/1.png failed: Access denied");
        store.front(inner -> inner);
        assertThat(nodes.identity("LoadImagesFromCloud", inputs("n/")))
                .as("the node runs again")
                .isNotEqualTo(result.identity().orElseThrow());
    }

    @Test
    void whenNoneIsLeftTheFirstReasonIsTold() {
        put(3);
        store.front(inner -> request -> request.path().endsWith(".png") ? Response.of(403) : inner.handle(request));
        assertThatThrownBy(() -> run(inputs("n/")))
                .isInstanceOf(CloudException.class)
                .hasMessageStartingWith("None of 3 pictures could be loaded. Correct this first: Access denied");
    }

    @Test
    void newestComesFirstAndOnlyTheNewest() {
        JsonObject inputs = inputs("big/");
        inputs.addProperty("order", "newest");
        inputs.addProperty("max_images", 3);
        hundredThousand();
        assertThatThrownBy(() -> run(inputs))
                .hasMessageContaining("None of 3")
                .hasMessageContaining("s3://comfyui/big/077777.png");
        assertThat(store.takeRequests())
                .hasSize(103)
                .contains("GET comfyui/big/077777.png", "GET comfyui/big/000000.png", "GET comfyui/big/000001.png");
    }

    @Test
    void theFirstByNameNeedNoMoreOfTheListing() {
        hundredThousand();
        JsonObject inputs = inputs("big/*5.png");
        inputs.addProperty("max_images", 2);
        assertThatThrownBy(() -> run(inputs)).hasMessageContaining("s3://comfyui/big/000005.png");
        assertThat(store.takeRequests())
                .containsExactlyInAnyOrder("GET comfyui", "GET comfyui/big/000005.png", "GET comfyui/big/000015.png");
    }

    @Test
    void ofAHundredThousandThatDoNotMatchNoneIsFetched() {
        hundredThousand();
        assertThatThrownBy(() -> run(inputs("big/*x"))).hasMessageStartingWith("No pictures found");
        assertThat(store.takeRequests()).hasSize(100).containsOnly("GET comfyui");
    }

    @Test
    void aCancelEndsItWithinASecond() throws InterruptedException {
        put(40);
        CountDownLatch begun = new CountDownLatch(8);
        store.front(inner -> request -> {
            if (request.path().endsWith(".png")) {
                begun.countDown();
                pause(Duration.ofMinutes(1));
            }
            return inner.handle(request);
        });
        List<Throwable> ended = new CopyOnWriteArrayList<>();
        Thread running = Thread.ofVirtual().start(() -> {
            try {
                run(inputs("n/"));
            } catch (CancellationException cancelled) {
                ended.add(cancelled);
            }
        });
        begun.await();
        long pressed = System.nanoTime();
        running.interrupt();
        running.join();
        assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(1));
        assertThat(ended).hasSize(1);
    }

    @Test
    void anOrderThatThereIsNotIsRefused() {
        JsonObject inputs = inputs("n/");
        inputs.addProperty("order", "oldest");
        assertThatThrownBy(() -> run(inputs)).hasMessageContaining("there is no order oldest");
    }

    private void put(int count) {
        for (int i = 0; i < count; i++) {
            store.put("n/" + i + ".png", bytes("picture " + i));
        }
    }

    /** Answers listings below {@code big/} out of thin air, a thousand keys a page; every object is gone when asked for. */
    private void hundredThousand() {
        store.front(inner -> request -> {
            if (!request.path().equals("/comfyui")) {
                return Response.of(404).with(new Body.Bytes(bytes("<Error><Code>NoSuchKey</Code></Error>")));
            }
            int start = request.query().contains("continuation-token=")
                    ? Integer.parseInt(request.query().replaceAll(".*continuation-token=([0-9]+).*", "$1"))
                    : 0;
            StringBuilder page = new StringBuilder("<ListBucketResult><Name>comfyui</Name><KeyCount>1000</KeyCount>");
            IntStream.range(start, start + 1000)
                    .forEach(i -> page.append("<Contents><Key>big/%06d.png</Key><LastModified>".formatted(i))
                            .append(i == 77_777 ? "2025-06-01" : "2025-01-01")
                            .append("T00:00:00.000Z</LastModified><ETag>\"e\"</ETag><Size>5</Size></Contents>"));
            boolean more = start + 1000 < 100_000;
            page.append("<IsTruncated>" + more + "</IsTruncated>");
            if (more) {
                page.append("<NextContinuationToken>" + (start + 1000) + "</NextContinuationToken>");
            }
            page.append("</ListBucketResult>");
            return Response.of(200)
                    .with("Content-Type", "application/xml")
                    .with(new Body.Bytes(bytes(page.toString())));
        });
    }

    private static JsonObject inputs(String prefix) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("prefix", prefix);
        return inputs;
    }

    private NodeResult run(JsonObject inputs) {
        return nodes.run("LoadImagesFromCloud", inputs, RunContext.plain(Progress.NONE));
    }

    private static List<String> keys(NodeResult result) {
        return result.outputs().getFirst().getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
