package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.http.TestAuthority;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureConnectionTest {
    private static final ObjectKey KEY = new ObjectKey("key");
    private static final RawServer.Script GONE = (request, out) ->
            out.write("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private static Path folder;

    private static TestAuthority authority;

    @BeforeAll
    static void makeCertificate() throws Exception {
        authority = new TestAuthority(folder, "ip:127.0.0.1", "-1d", 10);
    }

    @Test
    void anAuthorityOfTheProfileIsTrusted() throws Exception {
        try (RawServer server = new RawServer(GONE, authority.sockets());
                S3Store store = store(server, Optional.of(authority.pem(folder)))) {
            store.delete(KEY);
            assertThat(server.requests()).extracting(RawServer.Request::line).containsExactly("DELETE /bucket/key");
        }
    }

    @Test
    void anUnknownAuthorityIsNamedAsTheReason() throws Exception {
        try (RawServer server = new RawServer(GONE, authority.sockets())) {
            assertFailure(server, Optional.empty(), "an authority that this computer does not know");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        TestAuthority other = new TestAuthority(folder, "dns:store.example", "-1d", 10);
        try (RawServer server = new RawServer(GONE, other.sockets())) {
            assertFailure(server, Optional.of(other.pem(folder)), "its certificate is for another host");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anExpiredCertificateIsNamed() throws Exception {
        TestAuthority old = new TestAuthority(folder, "ip:127.0.0.1", "-30d", 10);
        try (RawServer server = new RawServer(GONE, old.sockets())) {
            assertFailure(server, Optional.of(old.pem(folder)), "its certificate has expired");
        }
    }

    @Test
    void aCertificateOfTheFutureIsNamed() throws Exception {
        TestAuthority early = new TestAuthority(folder, "ip:127.0.0.1", "+30d", 10);
        try (RawServer server = new RawServer(GONE, early.sockets())) {
            assertFailure(server, Optional.of(early.pem(folder)), "its certificate is not valid yet");
        }
    }

    @Test
    void plainHttpBehindHttpsIsNamed() throws Exception {
        try (RawServer server = new RawServer(GONE)) {
            assertFailure(server, Optional.empty(), "it does not speak TLS there");
        }
    }

    @Test
    void aBundleThatCannotBeReadIsNamed() throws Exception {
        Path none = folder.resolve("none.pem");
        Path noPem = Files.writeString(folder.resolve("no.pem"), "hello");
        try (RawServer server = new RawServer(GONE, authority.sockets())) {
            for (Path bundle : new Path[] {none, noPem, folder}) {
                try (S3Store store = store(server, Optional.of(bundle))) {
                    CloudException failure = catchThrowableOfType(CloudException.class, () -> store.delete(KEY));
                    assertThat(failure.problem()).isEqualTo(Problem.CA_BUNDLE_NOT_READABLE);
                    assertThat(failure).hasMessageContaining(bundle.toString());
                }
            }
        }
    }

    @Test
    void theEnvironmentNamesAuthoritiesToo() throws Exception {
        X509Certificate[] chain = authority.chain();
        for (String variable : new String[] {"SSL_CERT_FILE", "AWS_CA_BUNDLE"}) {
            Map<String, String> environment =
                    Map.of(variable, authority.pem(folder).toString());
            Trust.manager(Optional.empty(), environment).checkServerTrusted(chain, "UNKNOWN");
        }
        Map<String, String> broken =
                Map.of("SSL_CERT_FILE", folder.resolve("none").toString());
        assertThatThrownBy(() -> Trust.manager(Optional.empty(), broken).checkServerTrusted(chain, "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void aStallAndACancellationEndSecureConnectionsToo() throws Exception {
        RawServer.Script silent = (request, out) -> Thread.sleep(60_000);
        try (RawServer server = new RawServer(silent, authority.sockets());
                S3Store store = store(server, Optional.of(authority.pem(folder)))) {
            CloudException failure = catchThrowableOfType(CloudException.class, () -> store.head(KEY));
            assertThat(failure.problem()).isEqualTo(Problem.STORE_SILENT);
        }
        try (RawServer deaf = new RawServer(silent, authority.sockets());
                S3Store store = Connections.patient(connection(deaf, Optional.of(authority.pem(folder))))) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread upload = Thread.ofVirtual()
                    .start(() -> thrown.set(
                            catchThrowable(() -> store.put(KEY, Payload.of(new byte[32 << 20]), PutOptions.REPLACE))));
            Thread.sleep(500);
            upload.interrupt();
            assertThat(upload.join(Duration.ofSeconds(1))).isTrue();
            assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        }
    }

    private static void assertFailure(RawServer server, Optional<Path> bundle, String reason) {
        try (S3Store store = store(server, bundle)) {
            CloudException failure = catchThrowableOfType(CloudException.class, () -> store.delete(KEY));
            assertThat(failure.problem()).isEqualTo(Problem.TLS_FAILED);
            assertThat(failure).hasMessageContaining(reason);
        }
    }

    private static S3Store store(RawServer server, Optional<Path> bundle) {
        return Connections.impatient(connection(server, bundle));
    }

    private static S3Connection connection(RawServer server, Optional<Path> bundle) {
        return new S3Connection(
                URI.create("https://127.0.0.1:" + server.port()),
                "us-east-1",
                "bucket",
                true,
                false,
                bundle,
                new S3Credentials.Fixed("access", "secret", Optional.empty()),
                Set.of(),
                4,
                "b2ai-comfyui/test");
    }
}
