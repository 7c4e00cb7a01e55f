package comfybucket.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call ends at once when it is aborted or its thread is interrupted, wherever it stands, on either kind of thread. */
class BreakingOffTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    /** Where a call stands while its server does nothing more. */
    enum Stage {
        CONNECTING,
        SHAKING_HANDS,
        WRITING,
        WAITING_FOR_THE_ANSWER,
        READING_THE_HEAD,
        READING_THE_BODY;

        Peer.Script script() {
            return switch (this) {
                case CONNECTING, SHAKING_HANDS, WRITING -> line -> Thread.sleep(60_000);
                case WAITING_FOR_THE_ANSWER -> Peer.Line::waitForEnd;
                case READING_THE_HEAD ->
                    line -> {
                        line.head();
                        line.say("HTTP/1.1 200 OK\r\nETag: \"");
                        line.waitForEnd();
                    };
                case READING_THE_BODY ->
                    line -> {
                        line.head();
                        line.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegun");
                        line.waitForEnd();
                    };
            };
        }

        Request request(Peer peer) {
            Origin origin = new Origin(this == SHAKING_HANDS, "127.0.0.1", peer.port());
            return this == WRITING ? Clients.put(origin, 1L << 30, new Zeros()) : Clients.get(origin, "/");
        }
    }

    record Case(Stage stage, Thread.Builder threads, boolean interrupts) {
        @Override
        public String toString() {
            return stage
                    + (interrupts ? ", interrupted" : ", aborted")
                    + (threads instanceof Thread.Builder.OfVirtual ? ", virtual" : "");
        }
    }

    static Stream<Case> cases() {
        return Stream.of(Stage.values())
                .flatMap(stage -> Stream.of(
                        new Case(stage, Thread.ofVirtual(), true),
                        new Case(stage, Thread.ofVirtual(), false),
                        new Case(stage, Thread.ofPlatform(), true),
                        new Case(stage, Thread.ofPlatform(), false)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itEndsAtOnce(Case given) throws Exception {
        boolean connecting = given.stage() == Stage.CONNECTING;
        try (Peer peer = connecting ? null : new Peer(given.stage().script());
                FullHouse full = connecting ? new FullHouse() : null;
                HttpClient client = Clients.secure(SSLContext.getDefault())) {
            Call call = client.prepare(
                    connecting
                            ? Clients.get(new Origin(false, "127.0.0.1", full.port()), "/")
                            : given.stage().request(peer));
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread thread = given.threads().start(() -> {
                try {
                    Clients.text(call.send());
                } catch (IOException e) {
                    thrown.set(e);
                }
                flag.set(Thread.currentThread().isInterrupted());
            });
            Thread.sleep(100);
            assertThat(thread.isAlive()).as("%s", thrown.get()).isTrue();
            if (given.interrupts()) {
                thread.interrupt();
            } else {
                call.abort();
            }
            assertThat(thread.join(AT_ONCE)).as("ends at once").isTrue();
            assertThat(thrown.get()).isInstanceOf(IOException.class);
            assertThat(flag.get()).as("keeps the interrupt flag").isEqualTo(given.interrupts());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallThatWaitsForAConnectionEndsAtOnce(boolean interrupts) throws Exception {
        try (Peer peer = new Peer(Peer.Line::waitForEnd);
                HttpClient client = Clients.of(1, Duration.ofSeconds(60), Duration.ofSeconds(20))) {
            Call first = client.prepare(Clients.get(peer.origin(), "/"));
            Thread holder = Thread.ofVirtual()
                    .start(() -> assertThatThrownBy(first::send).isInstanceOf(IOException.class));
            while (peer.connections() == 0) {
                Thread.sleep(5);
            }
            Call second = client.prepare(Clients.get(peer.origin(), "/"));
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    Clients.text(second.send());
                } catch (IOException e) {
                    thrown.set(e);
                }
            });
            Thread.sleep(100);
            assertThat(waiting.isAlive()).as("%s", thrown.get()).isTrue();
            if (interrupts) {
                waiting.interrupt();
            } else {
                second.abort();
            }
            assertThat(waiting.join(AT_ONCE)).as("ends at once").isTrue();
            assertThat(thrown.get()).isInstanceOf(IOException.class);
            first.abort();
            assertThat(holder.join(AT_ONCE)).isTrue();
        }
    }

    /** A request whose last byte still gets out would be done: a file would be in the bucket that nobody wants any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatHasNotLeftTheMachineStaysHere(boolean interrupts) throws Exception {
        int length = 1 << 19;
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Long> got = new CompletableFuture<>();
        try (Peer peer = new Peer(line -> {
                    line.raw().setReceiveBufferSize(1 << 15);
                    over.await();
                    got.complete(untilEnd(line.in()));
                });
                HttpClient client = Clients.plain()) {
            CountDownLatch written = new CountDownLatch(1);
            Call call = client.prepare(Clients.put(peer.origin(), length, new Zeros() {
                @Override
                public void close() {
                    written.countDown();
                }
            }));
            Thread thread = Thread.ofVirtual()
                    .start(() -> assertThatThrownBy(call::send).isInstanceOf(IOException.class));
            assertThat(written.await(20, SECONDS)).as("the kernel has taken it").isTrue();
            Thread.sleep(100);
            if (interrupts) {
                thread.interrupt();
            } else {
                call.abort();
            }
            assertThat(thread.join(AT_ONCE)).isTrue();
            over.countDown();
            assertThat(got.get(20, SECONDS)).isLessThan(length);
        }
    }

    private static long untilEnd(InputStream in) {
        long count = 0;
        try {
            while (in.read() >= 0) {
                count++;
            }
        } catch (IOException reset) {
            // It was told to forget the rest.
        }
        return count;
    }

    @Test
    void aClientThatIsClosedLetsNobodyWait() throws Exception {
        try (Peer peer = new Peer(Peer.Line::waitForEnd)) {
            HttpClient client = Clients.of(1, Duration.ofSeconds(60), Duration.ofSeconds(20));
            List<Thread> calls = Stream.generate(() -> Thread.ofVirtual()
                            .start(() -> assertThatThrownBy(() -> Clients.ask(client, peer.origin()))
                                    .isInstanceOf(IOException.class)))
                    .limit(5)
                    .toList();
            while (peer.connections() == 0) {
                Thread.sleep(5);
            }
            client.close();
            for (Thread call : calls) {
                assertThat(call.join(AT_ONCE)).isTrue();
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatIsAbortedBeforeIsNotSent() throws Exception {
        try (Peer peer = new Peer(line -> line.answer("hello"));
                HttpClient client = Clients.plain()) {
            Call call = client.prepare(Clients.get(peer.origin(), "/"));
            call.abort();
            assertThatThrownBy(call::send).isInstanceOf(IOException.class).hasMessageContaining("aborted");
            assertThat(peer.connections()).isZero();
        }
    }

    @Test
    void anAbortThatComesTooLateLeavesTheConnectionToOthers() throws Exception {
        try (Peer peer = new Peer(line -> {
                    line.answer("first");
                    line.head();
                    line.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsec");
                    Thread.sleep(300);
                    line.say("ond");
                    line.waitForEnd();
                });
                HttpClient client = Clients.plain()) {
            Call first = client.prepare(Clients.get(peer.origin(), "/"));
            Reply answer = first.send();
            assertThat(Clients.text(answer)).isEqualTo("first");
            Reply second = client.prepare(Clients.get(peer.origin(), "/")).send();
            first.abort();
            answer.body().close();
            assertThat(Clients.text(second)).isEqualTo("second");
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void everyPlaceComesBack() throws Exception {
        try (Peer peer = new Peer(line -> {
                    line.head();
                    line.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                    line.waitForEnd();
                });
                HttpClient client = Clients.of(2, Duration.ofSeconds(5), Duration.ofSeconds(20))) {
            for (int turn = 0; turn < 20; turn++) {
                Call call = client.prepare(Clients.get(peer.origin(), "/"));
                Reply reply = call.send();
                switch (turn % 3) {
                    case 0 -> call.abort();
                    case 1 -> reply.body().close();
                    default -> {
                        reply.body().close();
                        call.abort();
                        reply.body().close();
                    }
                }
            }
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsGivenUpInTime() throws Exception {
        try (Peer deaf = new Peer(line -> Thread.sleep(60_000));
                HttpClient client = Clients.secure(SSLContext.getDefault(), Duration.ofMillis(400))) {
            Origin origin = new Origin(true, "127.0.0.1", deaf.port());
            long start = System.nanoTime();
            assertThatThrownBy(client.prepare(Clients.get(origin, "/"))::send)
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** Zeros without end. */
    private static class Zeros extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return length;
        }
    }
}
