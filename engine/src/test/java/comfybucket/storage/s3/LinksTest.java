package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.http.TestAuthority;
import comfybucket.storage.LinkAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links are opened as strangers open them, but on the way that the profile goes. */
class LinksTest {
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String LINK = "/b%C3%BCcket/a%20b.png?X-Amz-Signature=a%2Fb%2Bc&x=1";

    @Test
    void theLinkIsSentAsItIsWithOurNameAndNothingElse() {
        try (RawServer server = RawServer.always(HELLO)) {
            LinkAnswer answer = follow(server.uri() + LINK, 3, Optional.empty());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.beginning()).isEqualTo("hel");
            RawServer.Request request = server.requests().getFirst();
            assertThat(request.line()).isEqualTo("GET " + LINK);
            assertThat(request.header("User-Agent")).contains("b2ai-comfyui/test");
            assertThat(request.header("Authorization")).isEmpty();
        }
    }

    @Test
    void itGoesThroughTheProxy() {
        try (RawServer proxy = RawServer.always(HELLO)) {
            ProxySettings proxies = new ProxySettings(Map.of("http_proxy", "127.0.0.1:" + proxy.port()));
            try (S3Store store = Connections.impatient(connection(Optional.empty()), proxies)) {
                URI link = URI.create("http://links.example" + LINK);
                assertThat(store.follow(link, 5).status()).isEqualTo(200);
            }
            assertThat(proxy.requests().getFirst().line()).isEqualTo("GET http://links.example" + LINK);
        }
    }

    @Test
    void theProfilesAuthorityIsTrustedAndNoOther(@TempDir Path folder) throws Exception {
        TestAuthority authority = new TestAuthority(folder, "ip:127.0.0.1", "-1d", 10);
        RawServer.Script hello = (request, out) -> out.write(HELLO.getBytes(StandardCharsets.US_ASCII));
        try (RawServer server = new RawServer(hello, authority.sockets())) {
            String link = "https://127.0.0.1:" + server.port() + LINK;
            assertThat(follow(link, 5, Optional.of(authority.pem(folder))).status())
                    .isEqualTo(200);
            CloudException told = catchThrowableOfType(CloudException.class, () -> follow(link, 5, Optional.empty()));
            assertThat(told.problem()).isEqualTo(Problem.TLS_FAILED);
            assertThat(told).hasMessageContaining("an authority that this computer does not know");
        }
    }

    @Test
    void aServerThatIsSilentIsGivenUpAndNothingIsTriedTwice() {
        RawServer.Script silent = (request, out) -> Thread.sleep(60_000);
        try (RawServer server = new RawServer(silent);
                S3Store store = Connections.impatient(connection(Optional.empty()))) {
            URI link = URI.create(server.uri() + LINK);
            CloudException told = catchThrowableOfType(CloudException.class, () -> store.follow(link, 5));
            assertThat(told.problem()).isEqualTo(Problem.STORE_SILENT);
            assertThat(told).hasMessageNotContaining("X-Amz-Signature");
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** Waits as long as a busy machine needs. */
    private static LinkAnswer follow(String link, int limit, Optional<Path> caBundle) {
        try (S3Store store = Connections.steady(connection(caBundle))) {
            return store.follow(URI.create(link), limit);
        }
    }

    private static S3Connection connection(Optional<Path> caBundle) {
        return new S3Connection(
                URI.create("https://store.example"),
                "us-east-1",
                "bucket",
                true,
                false,
                caBundle,
                new S3Credentials.Fixed("access", "secret-key", Optional.empty()),
                Set.of(),
                4,
                "b2ai-comfyui/test");
    }
}
