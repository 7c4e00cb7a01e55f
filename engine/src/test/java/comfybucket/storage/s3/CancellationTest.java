package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupted operation ends within a second, wherever it stands. */
class CancellationTest {
    private static final ObjectKey KEY = new ObjectKey("key");

    /** What is cancelled. */
    record Use(String name, Action action) {
        interface Action {
            void run(ObjectStore store) throws IOException;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Use> usesThatReadABody() {
        return uses().filter(use -> use.name().equals("list") || use.name().equals("get"));
    }

    static Stream<Use> uses() {
        return Stream.of(
                new Use("head", store -> store.head(KEY)),
                new Use("put", store -> store.put(KEY, Payload.of(new byte[64 << 20]), PutOptions.REPLACE)),
                new Use(
                        "list",
                        store -> store.list(ListRequest.all(KeyPrefix.NONE))
                                .iterator()
                                .next()),
                new Use("get", store -> {
                    try (ObjectContent content = store.get(KEY, GetOptions.WHOLE)) {
                        content.bytes().readAllBytes();
                    }
                }));
    }

    /** As an upload that is still tried again while the engine ends: it is left as it is, and not taken for a failure. */
    @ParameterizedTest
    @MethodSource("uses")
    void whenItsStoreHasBeenClosed(Use use) {
        try (RawServer server = RawServer.always("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")) {
            S3Store store = Connections.impatient(Connections.to(server.uri(), "bucket", "access", "secret"));
            store.close();
            assertThatThrownBy(() -> use.action().run(store)).isInstanceOf(CancellationException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("uses")
    void whileTheStoreIsSilent(Use use) throws Exception {
        try (RawServer silent = new RawServer((request, out) -> Thread.sleep(60_000))) {
            assertCancelledInTime(silent, use);
        }
    }

    @ParameterizedTest
    @MethodSource("usesThatReadABody")
    void whileTheBodyComes(Use use) throws Exception {
        String start = """
                HTTP/1.1 200 OK
                ETag: "a"
                Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT
                Content-Length: 1000000

                """;
        try (RawServer dripping = new RawServer((request, out) -> {
            out.write(start.getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                out.write(new byte[1000]);
                out.flush();
                Thread.sleep(100);
            }
        })) {
            assertCancelledInTime(dripping, use);
        }
    }

    @ParameterizedTest
    @MethodSource("uses")
    void whileItWaitsForTheNextTry(Use use) throws Exception {
        try (RawServer busy = RawServer.always("HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n")) {
            assertCancelledInTime(busy, use);
        }
    }

    @Test
    void whileItWaitsForOthersToEnd() throws Exception {
        try (RawServer silent = new RawServer((request, out) -> Thread.sleep(60_000));
                ObjectStore store = Connections.patient(Connections.to(silent.uri(), "b", "a", "s"))) {
            List<Thread> others = Stream.generate(() -> Thread.ofVirtual().start(() -> ignoring(() -> store.head(KEY))))
                    .limit(32)
                    .toList();
            assertCancelledInTime(store, uses().findFirst().orElseThrow());
            others.forEach(Thread::interrupt);
        }
    }

    @Test
    void beforeItBegan() throws Exception {
        try (RawServer server = RawServer.always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                ObjectStore store = Connections.patient(Connections.to(server.uri(), "b", "a", "s"))) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = Thread.ofVirtual().start(() -> {
                Thread.currentThread().interrupt();
                thrown.set(ignoring(() -> store.delete(KEY)));
            });
            assertThat(thread.join(Duration.ofSeconds(2))).isTrue();
            assertThat(thrown.get()).isInstanceOf(CancellationException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    private static void assertCancelledInTime(RawServer server, Use use) throws Exception {
        try (ObjectStore store = Connections.patient(Connections.to(server.uri(), "b", "a", "s"))) {
            assertCancelledInTime(store, use);
        }
    }

    private static void assertCancelledInTime(ObjectStore store, Use use) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch flagged = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().start(() -> {
            thrown.set(ignoring(() -> use.action().run(store)));
            if (Thread.currentThread().isInterrupted()) {
                flagged.countDown();
            }
        });
        Thread.sleep(400);
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(1)))
                .as("ends within a second")
                .isTrue();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        assertThat(flagged.await(0, TimeUnit.SECONDS))
                .as("keeps the interrupt flag")
                .isTrue();
    }

    /** Something that may fail. */
    private interface Call {
        void run() throws IOException;
    }

    private static Throwable ignoring(Call call) {
        try {
            call.run();
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }
}
