package comfybucket.store.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.TestClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults themselves, seen by a client that tries nothing twice. */
class FaultProxyTest {
    private static final long SEED = 5;

    private LocalStore store;
    private FaultProxy proxy;
    private TestClient direct;
    private TestClient client;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        store = LocalStore.open(folder, StoreOptions.defaults().withForce(false));
        proxy = new FaultProxy(store.endpoint(), SEED);
        direct = TestClient.of(store);
        client = new TestClient(proxy.uri(), store.accessKey(), store.secretKey());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        store.close();
    }

    @Test
    void withoutFaultsItIsNotNoticed() throws IOException {
        assertThat(client.send("PUT", "/comfyui/a%20b", "hello").status()).isEqualTo(200);
        assertThat(client.send("GET", "/comfyui/a%20b", "").body()).isEqualTo("hello");
        assertThat(client.send("HEAD", "/comfyui/a%20b", "").headers()).containsEntry("content-length", "5");
        assertThat(client.send("GET", "/comfyui?list-type=2", "").body()).contains("<Key>a b</Key>");
        assertThat(client.send("DELETE", "/comfyui/a%20b", "").status()).isEqualTo(204);
        assertThat(proxy.events())
                .extracting(event -> event.asked().operation())
                .containsExactly("PutObject", "GetObject", "HeadObject", "ListObjects", "DeleteObject");
    }

    @Test
    void anErrorComesBeforeInTheMiddleOfOrAfterTheEffect() throws IOException {
        for (Position position : Position.values()) {
            proxy.set(FaultPlan.once(Fault.BUSY, position));
            String target = "/comfyui/" + position;
            assertThat(client.send("PUT", target, "hello".repeat(100_000)).status())
                    .isEqualTo(503);
            assertThat(direct.send("HEAD", target, "").status()).isEqualTo(position == Position.AFTER ? 200 : 404);
        }
        direct.send("PUT", "/comfyui/there", "hello");
        proxy.set(FaultPlan.once(Fault.BUSY, Position.MIDDLE));
        assertThat(client.send("DELETE", "/comfyui/there", "").status()).isEqualTo(503);
        assertThat(client.send("HEAD", "/comfyui/there", "").status()).isEqualTo(404);
    }

    @Test
    void aLostAcknowledgementLeavesTheEffect() throws IOException {
        for (Fault fault : List.of(Fault.RESET, Fault.HANG_UP)) {
            proxy.set(FaultPlan.once(fault, Position.AFTER).on("PutObject"));
            String target = "/comfyui/" + fault;
            assertThatThrownBy(() -> client.send("PUT", target, "hello")).isInstanceOf(IOException.class);
            assertThat(client.send("GET", target, "").body()).isEqualTo("hello");
        }
    }

    @Test
    void bitsFlipOnTheWay() throws IOException {
        direct.send("PUT", "/comfyui/down", "hello");
        proxy.set(FaultPlan.always(Fault.FLIPPED_DOWN, Position.MIDDLE));
        String down = client.send("GET", "/comfyui/down", "").body();
        assertThat(down).hasSize(5).isNotEqualTo("hello").startsWith("he").endsWith("lo");
        proxy.set(FaultPlan.always(Fault.FLIPPED_UP, Position.AFTER));
        assertThat(client.send("PUT", "/comfyui/up", "hello").body()).contains("XAmzContentSHA256Mismatch");
    }

    @Test
    void bodiesEndEarlyInGoodOrder() throws IOException {
        direct.send("PUT", "/comfyui/a", "hello");
        proxy.set(FaultPlan.always(Fault.CLEAN_END, Position.MIDDLE));
        assertThat(client.send("GET", "/comfyui/a", "").body()).isEqualTo("he");
    }

    /** However the requests of several clients mix. */
    @Test
    void theSameSeedBringsTheSameFaultsAtTheSameOperations() throws Exception {
        List<String> first = struck(SEED);
        assertThat(first).hasSizeBetween(10, 90).isEqualTo(struck(SEED)).isNotEqualTo(struck(SEED + 1));
    }

    private List<String> struck(long seed) throws Exception {
        try (FaultProxy seeded = new FaultProxy(store.endpoint(), seed);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            seeded.set(FaultPlan.seeded(seed, 0.5, List.of(Fault.BUSY, Fault.BARE_ERROR, Fault.WRONG_DATE)));
            TestClient through = new TestClient(seeded.uri(), store.accessKey(), store.secretKey());
            List<Future<TestClient.Answer>> answers = IntStream.range(0, 100)
                    .mapToObj(i ->
                            threads.submit(() -> through.send(i % 2 == 0 ? "PUT" : "GET", "/comfyui/" + i % 4 / 2, "")))
                    .toList();
            for (Future<TestClient.Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(200, 404, 500, 503);
            }
            return seeded.events().stream()
                    .filter(event -> event.injection().isPresent())
                    .map(event -> event.asked().operation() + " "
                            + event.asked().number() + " " + event.injection().get())
                    .sorted()
                    .toList();
        }
    }
}
