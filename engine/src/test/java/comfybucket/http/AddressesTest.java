package comfybucket.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A host with several addresses. Only on Linux is all of 127.0.0.0/8 this machine without further ado. */
@EnabledOnOs(OS.LINUX)
class AddressesTest {
    private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void oneThatRefusesIsPassedOver() throws Exception {
        try (Peer peer = new Peer(line -> line.answerLast("hello"));
                HttpClient client =
                        Clients.resolving(Duration.ofSeconds(10), host -> new InetAddress[] {OTHER, HERE})) {
            assertThat(Clients.ask(client, named(peer.port()))).isEqualTo("hello");
        }
    }

    @Test
    void oneThatIsDeadCostsItsShareOfTheTimeOnce() throws Exception {
        try (Peer peer = new Peer(line -> line.answerLast("hello"));
                FullHouse _ = new FullHouse(OTHER, peer.port());
                HttpClient client = Clients.resolving(Duration.ofSeconds(4), host -> new InetAddress[] {OTHER, HERE})) {
            long start = System.nanoTime();
            assertThat(Clients.ask(client, named(peer.port()))).isEqualTo("hello");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            long second = System.nanoTime();
            assertThat(Clients.ask(client, named(peer.port()))).isEqualTo("hello");
            assertThat(Duration.ofNanos(System.nanoTime() - second)).isLessThan(Duration.ofMillis(1900));
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void theFirstReasonIsGivenWhenNoneAnswers() throws Exception {
        try (Socket deaf = new Socket();
                HttpClient client =
                        Clients.resolving(Duration.ofSeconds(10), host -> new InetAddress[] {OTHER, HERE})) {
            deaf.bind(null); // A port that is taken on every address, and on which nobody listens.
            assertThatThrownBy(() -> Clients.ask(client, named(deaf.getLocalPort())))
                    .isInstanceOf(ConnectException.class)
                    .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        }
        try (FullHouse full = new FullHouse();
                HttpClient client = Clients.resolving(Duration.ofMillis(300), host -> new InetAddress[] {HERE})) {
            assertThatThrownBy(() -> Clients.ask(client, named(full.port())))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aNameIsLookedUpForEachConnection() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Resolver resolver = host -> {
            if (asked.incrementAndGet() == 3) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {HERE};
        };
        try (Peer peer = new Peer(line -> line.answerLast("hello"));
                HttpClient client = Clients.resolving(Duration.ofSeconds(10), resolver)) {
            assertThat(Clients.ask(client, named(peer.port()))).isEqualTo("hello");
            assertThat(Clients.ask(client, named(peer.port()))).isEqualTo("hello");
            assertThatThrownBy(() -> Clients.ask(client, named(peer.port()))).isInstanceOf(UnknownHostException.class);
        }
    }

    private static Origin named(int port) {
        return new Origin(false, "store.example", port);
    }
}
