package comfybucket.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Clients and requests for tests. */
final class Clients {
    static final Duration SETUP = Duration.ofSeconds(20);

    private Clients() {}

    static HttpClient plain() {
        return of(4, SETUP, Duration.ofSeconds(20));
    }

    static HttpClient of(int connections, Duration setup, Duration idle) {
        return new HttpClient(new HttpOptions(
                connections, setup, idle, InetAddress::getAllByName, origin -> Optional.empty(), Clients::noTls));
    }

    static HttpClient secure(SSLContext trust) {
        return secure(trust, SETUP);
    }

    static HttpClient secure(SSLContext trust, Duration setup) {
        return new HttpClient(
                new HttpOptions(4, setup, SETUP, InetAddress::getAllByName, origin -> Optional.empty(), () -> trust));
    }

    static HttpClient resolving(Duration setup, Resolver resolver) {
        return new HttpClient(new HttpOptions(4, setup, SETUP, resolver, origin -> Optional.empty(), Clients::noTls));
    }

    private static SSLContext noTls() {
        throw new IllegalStateException("Plain http needs no TLS");
    }

    static Request get(Origin origin, String target) {
        return new Request("GET", origin, target, List.of(), Optional.empty(), true);
    }

    static Request put(Origin origin, long length, InputStream bytes) {
        Request.Body body = new Request.Body(length, () -> bytes);
        return new Request("PUT", origin, "/key", List.of(), Optional.of(body), false);
    }

    /** Asks and reads the whole answer. */
    static String ask(HttpClient client, Origin origin) throws IOException {
        return text(client.prepare(get(origin, "/")).send());
    }

    static String text(Reply reply) throws IOException {
        try (InputStream body = reply.body()) {
            return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
