package comfybucket.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests and answers over real sockets, byte by byte as a test wants them. */
class ExchangeTest {
    private final HttpClient client = Clients.plain();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aRequestIsWrittenAsItIsGiven() throws Exception {
        AtomicReference<String> head = new AtomicReference<>();
        AtomicReference<String> body = new AtomicReference<>();
        try (Peer peer = new Peer(line -> {
            head.set(line.head());
            body.set(new String(line.in().readNBytes(5), StandardCharsets.US_ASCII));
            line.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            line.waitForEnd();
        })) {
            Request request = new Request(
                    "PUT",
                    peer.origin(),
                    "/a//b%20c?x=1&y",
                    List.of(new Header("X", "1"), new Header("X", "ä")),
                    Optional.of(new Request.Body(
                            5, () -> new ByteArrayInputStream("hello, world".getBytes(StandardCharsets.US_ASCII)))),
                    false);
            assertThat(Clients.text(client.prepare(request).send())).isEmpty();
            assertThat(head.get())
                    .isEqualTo("PUT /a//b%20c?x=1&y HTTP/1.1\r\nHost: 127.0.0.1:" + peer.port()
                            + "\r\nX: 1\r\nX: ä\r\nContent-Length: 5");
            assertThat(body.get()).isEqualTo("hello");
        }
    }

    @Test
    void nobodySmugglesInAHeader() {
        for (String value : List.of("a\r\nB: c", "a\nB: c", "a\r", "\u0000", "\u0100")) {
            assertThatThrownBy(() -> new Header("A", value)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("", "A ", "A:", "A\r\nB", "Ä")) {
            assertThatThrownBy(() -> new Header(name, "a")).isInstanceOf(IllegalArgumentException.class);
        }
        Origin origin = new Origin(false, "localhost", 80);
        for (String target : List.of("", "a", "/a b", "/a\r\nB: c", "/ä", "http://elsewhere/")) {
            assertThatThrownBy(() -> Clients.get(origin, target)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String host : List.of("", "a b", "a/b", "a\r\nB: c", "a@b", "::1", "a:1")) {
            assertThatThrownBy(() -> new Origin(false, host, 80)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void oneConnectionServesOneRequestAfterAnother() throws Exception {
        try (Peer peer = new Peer(line -> {
            for (int number = 1; number <= 3; number++) {
                line.answer("answer " + number);
            }
        })) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("answer 1");
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("answer 2");
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("answer 3");
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void theLastByteFreesTheConnectionWhetherOrNotItsEndIsAskedFor() throws Exception {
        try (Peer peer = new Peer(line -> {
            while (true) {
                line.answer("hello");
            }
        })) {
            Reply first = client.prepare(Clients.get(peer.origin(), "/")).send();
            assertThat(first.body().readNBytes(5)).hasSize(5);
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("hello");
            assertThat(first.body().read()).isNegative();
            first.body().close();
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("hello");
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileIsNotUsedAgain() throws Exception {
        for (String sign : List.of("", "HTTP/1.1 408 Too late\r\n\r\n")) {
            try (Peer peer = new Peer(line -> {
                line.answer("answer " + line.number());
                line.say(sign);
            })) {
                Request.Body unread = new Request.Body(3, () -> new ByteArrayInputStream(new byte[3]));
                assertThat(Clients.ask(client, peer.origin())).isEqualTo("answer 1");
                Thread.sleep(100);
                Request post = new Request("POST", peer.origin(), "/", List.of(), Optional.of(unread), false);
                assertThat(Clients.text(client.prepare(post).send())).isEqualTo("answer 2");
            }
        }
    }

    @Test
    void whatTheServerSaysItClosesIsNotKept() throws Exception {
        for (String last : List.of(
                "HTTP/1.1 200 OK\r\nConnection: close",
                "HTTP/1.0 200 OK",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0")) {
            try (Peer peer = new Peer(line -> {
                line.head();
                line.say(last + "\r\nContent-Length: 1\r\n\r\n" + line.number());
                line.waitForEnd();
            })) {
                assertThat(Clients.ask(client, peer.origin())).isEqualTo("1");
                assertThat(Clients.ask(client, peer.origin())).isEqualTo("2");
            }
        }
    }

    /** A server may close a connection at the moment in which it is used again. */
    @Test
    void whatMayBeRepeatedGoesOverAFreshConnectionWhenAKeptOneEnds() throws Exception {
        for (boolean resets : List.of(false, true)) {
            try (Peer peer = new Peer(line -> {
                line.answer("answer " + line.number());
                line.head();
                if (resets) {
                    line.socket().setSoLinger(true, 0);
                }
            })) {
                assertThat(Clients.ask(client, peer.origin())).isEqualTo("answer 1");
                assertThat(Clients.ask(client, peer.origin())).isEqualTo("answer 2");
                assertThat(peer.connections()).isEqualTo(2);
            }
        }
    }

    @Test
    void aBodyIsSentFromItsBeginningWhenItIsRepeated() throws Exception {
        AtomicReference<String> body = new AtomicReference<>();
        try (Peer peer = new Peer(line -> {
            if (line.number() == 1) {
                line.answer("first");
                line.head();
                return;
            }
            line.head();
            body.set(new String(line.in().readNBytes(5), StandardCharsets.US_ASCII));
            line.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            line.waitForEnd();
        })) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("first");
            Request.Body bytes =
                    new Request.Body(5, () -> new ByteArrayInputStream("hello".getBytes(StandardCharsets.US_ASCII)));
            Request put = new Request("PUT", peer.origin(), "/", List.of(), Optional.of(bytes), true);
            assertThat(Clients.text(client.prepare(put).send())).isEmpty();
            assertThat(body.get()).isEqualTo("hello");
        }
    }

    @Test
    void nothingIsRepeatedThatMayNotBe() throws Exception {
        try (Peer peer = new Peer(line -> {
            line.answer("first");
            line.head();
        })) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("first");
            Request once = new Request("PUT", peer.origin(), "/", List.of(), Optional.of(Request.Body.EMPTY), false);
            assertThatThrownBy(client.prepare(once)::send).isInstanceOf(EOFException.class);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsRepeatedThatWasAnsweredInPart() throws Exception {
        try (Peer peer = new Peer(line -> {
            line.answer("first");
            line.head();
            line.say("H");
        })) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("first");
            assertThatThrownBy(() -> Clients.ask(client, peer.origin())).isInstanceOf(IOException.class);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void aFreshConnectionThatEndsIsTheCallersToJudge() throws Exception {
        try (Peer peer = new Peer(Peer.Line::head)) {
            assertThatThrownBy(() -> Clients.ask(client, peer.origin())).isInstanceOf(EOFException.class);
            assertThat(peer.connections()).isEqualTo(1);
        }
        try (Peer peer = new Peer(line -> {
            if (line.number() == 1) {
                line.answer("first");
            }
            line.head();
        })) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("first");
            assertThatThrownBy(() -> Clients.ask(client, peer.origin())).isInstanceOf(EOFException.class);
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void chunksAndWhatFollowsThemAreRead() throws Exception {
        try (Peer peer = new Peer(line -> {
            for (int turn = 0; turn < 2; turn++) {
                line.head();
                line.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                line.say("0007;a=\"b\"\r\n, world\r\n0\r\nX-Checksum: 1\r\nY: 2\r\n\r\n");
            }
        })) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("hello, world");
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("hello, world");
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void brokenChunksAreNoEnd() throws Exception {
        for (String chunks : List.of(
                "5\r\nhel",
                "5\r\nhello",
                "5\r\nhello\r\n",
                "5\r\nhelloo\r\n",
                "x\r\n",
                "-1\r\n",
                "5",
                "5\r\nhello\r\n0\r\nA")) {
            try (Peer peer = new Peer(line -> {
                line.head();
                line.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            })) {
                assertThatThrownBy(() -> Clients.ask(client, peer.origin()))
                        .as(chunks)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aBodyCutShortIsNoEnd() throws Exception {
        try (Peer peer = new Peer(line -> {
            line.head();
            line.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
        })) {
            Reply reply = client.prepare(Clients.get(peer.origin(), "/")).send();
            assertThatThrownBy(() -> reply.body().readAllBytes())
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("5 bytes early");
        }
    }

    @Test
    void withoutALengthTheEndOfTheConnectionIsTheEnd() throws Exception {
        try (Peer peer = new Peer(line -> {
            line.head();
            line.say("HTTP/1.1 200 OK\r\n\r\nall of it");
        })) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("all of it");
        }
    }

    @Test
    void aHeadMayComeByteByByte() throws Exception {
        try (Peer peer = new Peer(line -> {
            line.head();
            for (char c : "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 5\r\n\r\nhello".toCharArray()) {
                line.say(String.valueOf(c));
                Thread.sleep(1);
            }
        })) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("hello");
        }
    }

    @Test
    void largeBodiesAreTheSameAtTheOtherEnd() throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(7).nextBytes(bytes);
        try (Peer peer = new Peer(line -> {
            for (int turn = 0; turn < 3; turn++) {
                line.head();
                byte[] got = line.in().readNBytes(bytes.length);
                line.say("HTTP/1.1 200 OK\r\nContent-Length: " + got.length + "\r\n\r\n");
                line.socket().getOutputStream().write(got);
            }
        })) {
            for (int turn = 0; turn < 3; turn++) {
                Request put = Clients.put(peer.origin(), bytes.length, new ByteArrayInputStream(bytes));
                try (InputStream body = client.prepare(put).send().body()) {
                    assertThat(body.readAllBytes()).isEqualTo(bytes);
                }
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void anEarlyAnswerIsReadAlthoughTheServerHasHungUp() throws Exception {
        for (int status : new int[] {403, 503}) {
            CountDownLatch gone = new CountDownLatch(1);
            try (Peer peer = new Peer(line -> {
                line.head();
                line.say("HTTP/1.1 " + status + " No\r\nConnection: close\r\nContent-Length: 3\r\n\r\nxml");
                line.socket().shutdownOutput();
                line.socket().close();
                gone.countDown();
            })) {
                InputStream body =
                        new SequenceInputStream(new ByteArrayInputStream(new byte[1 << 16]), new Later(gone));
                Reply reply = client.prepare(Clients.put(peer.origin(), 64 << 20, body))
                        .send();
                assertThat(reply.status()).isEqualTo(status);
                assertThat(Clients.text(reply)).isEqualTo("xml");
            }
        }
    }

    /** Zeros that wait for something, and then for what it sent to arrive. */
    private static final class Later extends InputStream {
        private final CountDownLatch sign;
        private int pieces;

        Later(CountDownLatch sign) {
            this.sign = sign;
        }

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                sign.await();
                Thread.sleep(++pieces < 4 ? 50 : 0);
                return length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void aBodyThatFailsFailsTheRequestAsItIs() throws Exception {
        try (Peer peer = new Peer(line -> line.waitForEnd())) {
            InputStream broken = new InputStream() {
                @Override
                public int read() {
                    throw new IllegalStateException("the file has gone");
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    return read();
                }
            };
            assertThatThrownBy(() -> client.prepare(Clients.put(peer.origin(), 10, broken))
                            .send())
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> client.prepare(Clients.put(peer.origin(), 10, InputStream.nullInputStream()))
                            .send())
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("10 bytes early");
        }
    }

    @Test
    void connectionsHaveALimit() throws Exception {
        try (HttpClient two = Clients.of(2, Duration.ofMillis(300), Duration.ofSeconds(20));
                Peer peer = new Peer(line -> {
                    line.answer("hello");
                    line.waitForEnd();
                })) {
            Reply first = two.prepare(Clients.get(peer.origin(), "/")).send();
            Reply second = two.prepare(Clients.get(peer.origin(), "/")).send();
            assertThatThrownBy(() -> Clients.ask(two, peer.origin())).isInstanceOf(SocketTimeoutException.class);
            first.body().close();
            assertThat(Clients.ask(two, peer.origin())).isEqualTo("hello");
            assertThat(Clients.text(second)).isEqualTo("hello");
            assertThat(peer.connections()).isEqualTo(3);
        }
    }

    @Test
    void whatNobodyUsesIsClosed() throws Exception {
        try (HttpClient brief = Clients.of(4, Clients.SETUP, Duration.ofMillis(200));
                Peer peer = new Peer(line -> {
                    while (true) {
                        line.answer("hello");
                    }
                })) {
            assertThat(Clients.ask(brief, peer.origin())).isEqualTo("hello");
            assertThat(Clients.ask(brief, peer.origin())).isEqualTo("hello");
            assertThat(peer.open()).isEqualTo(1);
            for (int waited = 0; peer.open() > 0 && waited < 200; waited++) {
                Thread.sleep(50);
            }
            assertThat(peer.open()).isZero();
            assertThat(Clients.ask(brief, peer.origin())).isEqualTo("hello");
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void aClosedClientSendsNothing() throws Exception {
        try (Peer peer = new Peer(line -> line.waitForEnd())) {
            Call waiting = client.prepare(Clients.get(peer.origin(), "/"));
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    waiting.send();
                } catch (IOException e) {
                    thrown.set(e);
                }
            });
            Thread.sleep(200);
            client.close();
            assertThat(thread.join(Duration.ofSeconds(2))).isTrue();
            assertThat(thrown.get()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Clients.ask(client, peer.origin())).isInstanceOf(IOException.class);
        }
    }
}
