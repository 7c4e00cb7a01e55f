package comfybucket.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;

    @BeforeAll
    static void makeCertificate() throws Exception {
        authority = new TestAuthority(folder, "ip:127.0.0.1", "-1d", 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bodiesOfAnySizeAreTheSameAtTheOtherEnd(String version) throws Exception {
        Random random = new Random(3);
        List<Integer> sizes = List.of(0, 1, 16_383, 16_384, 16_385, 65_536, 262_144, 1_000_003, 5_000_000);
        try (Peer peer = new Peer(
                        line -> {
                            ((SSLSocket) line.socket()).setEnabledProtocols(new String[] {version});
                            while (true) {
                                String head = line.head();
                                int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: ", ""));
                                byte[] got = line.in().readNBytes(length);
                                line.say("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                                line.socket().getOutputStream().write(got);
                            }
                        },
                        authority.server());
                HttpClient client = Clients.secure(authority.trust())) {
            for (int size : sizes) {
                byte[] bytes = new byte[size];
                random.nextBytes(bytes);
                Request put = Clients.put(peer.origin(), size, new ByteArrayInputStream(bytes));
                try (InputStream body = client.prepare(put).send().body()) {
                    assertThat(read(body, random)).as("%d bytes", size).isEqualTo(bytes);
                }
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    /** In pieces of many sizes. */
    private static byte[] read(InputStream body, Random random) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[400_000];
        for (int count = 0;
                count >= 0;
                count = body.read(piece, 0, 1 + random.nextInt(1 << (1 + random.nextInt(18))))) {
            all.write(piece, 0, count);
        }
        return all.toByteArray();
    }

    @Test
    void certificatesAreChecked() throws Exception {
        TestAuthority other = new TestAuthority(folder, "dns:store.example", "-1d", 10);
        TestAuthority old = new TestAuthority(folder, "ip:127.0.0.1", "-30d", 10);
        assertRefused(authority, SSLContext.getDefault(), "unable to find valid certification path");
        assertRefused(other, other.trust(), "No subject alternative names matching IP address 127.0.0.1");
        assertRefused(old, old.trust(), "CertificateExpiredException");
    }

    private static void assertRefused(TestAuthority server, SSLContext trust, String reason) throws Exception {
        try (Peer peer = new Peer(line -> line.answer("hello"), server.server());
                HttpClient client = Clients.secure(trust)) {
            assertThatThrownBy(() -> Clients.ask(client, peer.origin()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasStackTraceContaining(reason);
        }
    }

    @Test
    void theEndOfAConnectionIsTheEndOfAnAnswerOnlyIfTheServerSaysSo() throws Exception {
        Peer.Script polite = line -> {
            line.head();
            line.say("HTTP/1.1 200 OK\r\n\r\nall of it");
        };
        Peer.Script cut = line -> {
            polite.serve(line);
            line.raw().shutdownOutput();
            line.waitForEnd();
        };
        try (Peer peer = new Peer(polite, authority.server());
                HttpClient client = Clients.secure(authority.trust())) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("all of it");
        }
        try (Peer peer = new Peer(cut, authority.server());
                HttpClient client = Clients.secure(authority.trust())) {
            assertThatThrownBy(() -> Clients.ask(client, peer.origin())).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileIsNotUsedAgain() throws Exception {
        try (Peer peer = new Peer(line -> line.answer("answer " + line.number()), authority.server());
                HttpClient client = Clients.secure(authority.trust())) {
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("answer 1");
            Thread.sleep(100);
            assertThat(Clients.ask(client, peer.origin())).isEqualTo("answer 2");
        }
    }

    @Test
    void aConnectionServesOneRequestAfterAnother() throws Exception {
        try (Peer peer = new Peer(
                        line -> {
                            while (true) {
                                line.answer("hello");
                            }
                        },
                        authority.server());
                HttpClient client = Clients.secure(authority.trust())) {
            for (int turn = 0; turn < 5; turn++) {
                assertThat(Clients.ask(client, peer.origin())).isEqualTo("hello");
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void anEarlyAnswerIsReadAlthoughTheServerHasHungUp() throws Exception {
        try (Peer peer = new Peer(
                        line -> {
                            line.head();
                            line.say("HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length: 3\r\n\r\nxml");
                            line.raw().shutdownOutput();
                        },
                        authority.server());
                HttpClient client = Clients.secure(authority.trust())) {
            Reply reply = client.prepare(Clients.put(peer.origin(), 1L << 30, new Slowly()))
                    .send();
            assertThat(reply.status()).isEqualTo(403);
            assertThat(Clients.text(reply)).isEqualTo("xml");
        }
    }

    @Test
    void whatIsNoTlsIsSaidToBeNone() throws Exception {
        try (Peer plain = new Peer(line -> line.say("HTTP/1.1 400 Bad\r\n\r\n"));
                Peer nobody = new Peer(line -> {});
                HttpClient client = Clients.secure(authority.trust())) {
            assertThatThrownBy(() -> Clients.ask(client, new Origin(true, "127.0.0.1", plain.port())))
                    .hasMessageContaining("ecognized SSL message");
            assertThatThrownBy(() -> Clients.ask(client, new Origin(true, "127.0.0.1", nobody.port())))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTunnelMayLeadThroughAProxyThatSpeaksTlsItself() throws Exception {
        try (Peer server = new Peer(line -> line.answer("from behind"), authority.server());
                Peer proxy = new Peer(
                        line -> {
                            assertThat(line.head()).startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1");
                            line.say("HTTP/1.1 200 Go\r\n\r\n");
                            try (Socket on = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                                Thread up = Thread.ofVirtual().start(() -> pump(line.in(), () -> output(on)));
                                pump(on.getInputStream(), () -> output(line.socket()));
                                up.interrupt();
                            }
                        },
                        authority.server());
                HttpClient client = new HttpClient(new HttpOptions(
                        4,
                        Clients.SETUP,
                        Clients.SETUP,
                        InetAddress::getAllByName,
                        origin -> Optional.of(new Proxy(proxy.origin(), Optional.empty())),
                        authority::trust))) {
            assertThat(Clients.ask(client, server.origin())).isEqualTo("from behind");
        }
    }

    private static OutputStream output(Socket socket) {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pump(InputStream in, Supplier<OutputStream> out) {
        try {
            in.transferTo(out.get());
        } catch (IOException | UncheckedIOException e) {
            // One of the two has gone.
        }
    }

    /** Zeros, with time for an answer after the first of them. */
    private static final class Slowly extends InputStream {
        private int pieces;

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                Thread.sleep(++pieces > 1 && pieces < 6 ? 50 : 0);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return length;
        }
    }
}
