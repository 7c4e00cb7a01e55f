package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.http.TestAuthority;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
    private static final ObjectKey KEY = new ObjectKey("key");
    private static final String GONE = "HTTP/1.1 204 No Content\r\n\r\n";

    @Test
    void plainHttpGoesThroughItWithItsCredentials() {
        try (RawServer proxy = RawServer.always(GONE)) {
            try (S3Store store =
                    store("http://store.example", "http_proxy", "http://jo:p%40ss@127.0.0.1:" + proxy.port())) {
                store.delete(KEY);
            }
            RawServer.Request request = proxy.requests().getFirst();
            assertThat(request.line()).isEqualTo("DELETE http://store.example/bucket/key");
            assertThat(request.header("Proxy-Authorization")).contains("Basic am86cEBzcw==");
        }
    }

    @Test
    void httpsGoesThroughATunnel(@TempDir Path folder) throws Exception {
        TestAuthority authority = new TestAuthority(folder, "dns:store.example", "-1d", 10);
        RawServer.Script gone = (request, out) -> out.write(GONE.getBytes(StandardCharsets.US_ASCII));
        try (RawServer server = new RawServer(gone, authority.sockets());
                TunnelProxy proxy = new TunnelProxy(server.port());
                S3Store store = store(
                        "https://store.example",
                        "https_proxy",
                        "127.0.0.1:" + proxy.port(),
                        Optional.of(authority.pem(folder)))) {
            store.delete(KEY);
            assertThat(proxy.asked()).startsWith("CONNECT store.example:443 HTTP/1.1");
            assertThat(server.requests()).extracting(RawServer.Request::line).containsExactly("DELETE /bucket/key");
        }
    }

    @Test
    void aProxyThatWantsAPasswordIsNamed() {
        for (String endpoint : new String[] {"http://store.example", "https://store.example"}) {
            try (RawServer proxy = RawServer.always(
                    "HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")) {
                assertFailure(proxy.port(), endpoint);
            }
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        for (int status : new int[] {403, 502, 503}) {
            try (RawServer proxy = RawServer.always("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n")) {
                assertFailure(proxy.port(), "https://store.example");
            }
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertFailure(free, "https://store.example");
        assertFailure(free, "http://store.example");
    }

    private static void assertFailure(int port, String endpoint) {
        String variable = endpoint.startsWith("https") ? "https_proxy" : "http_proxy";
        try (S3Store store = store(endpoint, variable, "http://jo:secret@127.0.0.1:" + port)) {
            CloudException failure = catchThrowableOfType(CloudException.class, () -> store.delete(KEY));
            assertThat(failure.problem()).as("%s", failure).isEqualTo(Problem.PROXY_FAILED);
            assertThat(failure)
                    .hasMessageStartingWith("The proxy http://127.0.0.1:" + port)
                    .hasMessageNotContaining("secret");
        }
    }

    private static S3Store store(String endpoint, String variable, String proxy) {
        return store(endpoint, variable, proxy, Optional.empty());
    }

    private static S3Store store(String endpoint, String variable, String proxy, Optional<Path> caBundle) {
        S3Connection connection = new S3Connection(
                URI.create(endpoint),
                "us-east-1",
                "bucket",
                true,
                true,
                caBundle,
                new S3Credentials.Fixed("access", "secret-key", Optional.empty()),
                Set.of(),
                4,
                "b2ai-comfyui/test");
        return Connections.impatient(connection, new ProxySettings(Map.of(variable, proxy)));
    }
}
