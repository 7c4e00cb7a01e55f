package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectKey;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final ObjectKey KEY = new ObjectKey("key");

    /** Spellings that the system's resolver may read as an address; where it does not, they lead nowhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.1.1",
                "2852039166",
                "0xA9FEA9FE",
                "0251.0376.0251.0376",
                "169.254.43518",
                "[::ffff:169.254.169.254]",
                "::ffff:a9fe:a9fe",
                "::169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "0.0.0.0",
                "::",
                "0",
                "224.0.0.1",
                "ff02::1"
            })
    void noSpellingLeadsToAMachinesOwnServices(String host) {
        AddressGuard guard = guard("https://store.example", false);
        assertThatThrownBy(() -> guard.resolve(host)).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://169.254.169.254", "http://2852039166", "https://[fe80::1]:9000", "http://0.0.0.0:9000"})
    void suchAnEndpointIsNamedInTheError(String endpoint) {
        CloudException refused = failure(endpoint, true);
        assertThat(refused.problem()).isEqualTo(Problem.ENDPOINT_FORBIDDEN);
        assertThat(refused).hasMessageContaining("has the address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "192.168.7.7", "172.16.0.1", "127.0.0.1", "::1", "fd12:3456::1", "8.8.8.8"})
    void storesMayBeInsideANetwork(String host) throws Exception {
        assertThat(guard("https://store.example", false).resolve(host)).containsExactly(InetAddress.ofLiteral(host));
    }

    @Test
    void plainHttpStaysOnThisMachineUnlessAllowed() throws Exception {
        assertThat(guard("http://127.0.0.1", false).resolve("127.0.0.1")).hasSize(1);
        assertThat(guard("http://localhost", false).resolve("localhost")).allMatch(InetAddress::isLoopbackAddress);
        assertThat(guard("http://10.1.2.3", true).resolve("10.1.2.3")).hasSize(1);
        assertThatThrownBy(() -> guard("http://10.1.2.3", false).resolve("10.1.2.3"))
                .isInstanceOf(RefusedAddressException.class);
        assertThat(failure("http://10.1.2.3:9000", false).problem()).isEqualTo(Problem.ENDPOINT_PLAIN_HTTP);
    }

    @Test
    void aProxyMayBeReachedInPlainHttp() throws Exception {
        S3Connection connection = Connections.to(URI.create("http://store.example"), "b", "a", "s");
        AddressGuard guard = new AddressGuard(
                connection,
                Optional.of(URI.create("http://10.0.0.1:3128")),
                Duration.ofSeconds(5),
                InetAddress::getAllByName);
        assertThat(guard.resolve("10.0.0.1")).hasSize(1);
    }

    @Test
    void aNameThatLeadsElsewhereLaterIsRefusedThen() throws Exception {
        AtomicReference<String> now = new AtomicReference<>("127.0.0.1");
        AddressGuard.Names names = host -> new InetAddress[] {InetAddress.ofLiteral(now.get())};
        try (RawServer server = RawServer.always("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
                S3Store store = Connections.impatient(
                        connection("http://rebound.example:" + server.port(), false),
                        new StoreHttp(ProxySettings.NONE, names))) {
            store.delete(KEY);
            for (String elsewhere : new String[] {"169.254.169.254", "::ffff:169.254.169.254", "0.0.0.0"}) {
                now.set(elsewhere);
                assertThat(catchThrowableOfType(CloudException.class, () -> store.delete(KEY))
                                .problem())
                        .isEqualTo(Problem.ENDPOINT_FORBIDDEN);
            }
            now.set("10.1.2.3");
            assertThat(catchThrowableOfType(CloudException.class, () -> store.delete(KEY))
                            .problem())
                    .isEqualTo(Problem.ENDPOINT_PLAIN_HTTP);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void oneForbiddenAddressAmongOthersIsOneTooMany() {
        AddressGuard.Names names = host ->
                new InetAddress[] {InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("169.254.169.254")};
        AddressGuard guard = new AddressGuard(
                connection("https://store.example", false), Optional.empty(), Duration.ofSeconds(5), names);
        assertThatThrownBy(() -> guard.resolve("store.example")).isInstanceOf(RefusedAddressException.class);
    }

    @Test
    void namesBelowLocalhostAreThisMachineWhateverADnsSays() throws Exception {
        AddressGuard.Names names = host -> new InetAddress[] {InetAddress.ofLiteral("10.1.2.3")};
        AddressGuard guard = new AddressGuard(
                connection("http://bucket.localhost", false), Optional.empty(), Duration.ofSeconds(5), names);
        assertThat(guard.resolve("bucket.localhost")).allMatch(InetAddress::isLoopbackAddress);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254", "http://2852039166", "http://0xA9FEA9FE", "https://[fe80::1]"})
    void noProxyIsAskedToGoThereEither(String endpoint) {
        try (RawServer proxy = RawServer.always("HTTP/1.1 204 No Content\r\n\r\n")) {
            ProxySettings settings = new ProxySettings(Map.of("all_proxy", "http://127.0.0.1:" + proxy.port()));
            try (S3Store store = Connections.impatient(connection(endpoint, true), settings)) {
                // What this system cannot read as an address, the proxy's might.
                assertThat(catchThrowableOfType(CloudException.class, () -> store.delete(KEY))
                                .problem())
                        .isIn(Problem.ENDPOINT_FORBIDDEN, Problem.PROXY_FAILED);
            }
            assertThat(proxy.requests()).isEmpty();
        }
    }

    private static AddressGuard guard(String endpoint, boolean allowHttp) {
        return new AddressGuard(
                connection(endpoint, allowHttp), Optional.empty(), Duration.ofSeconds(5), InetAddress::getAllByName);
    }

    private static CloudException failure(String endpoint, boolean allowHttp) {
        try (S3Store store = Connections.impatient(connection(endpoint, allowHttp))) {
            return catchThrowableOfType(CloudException.class, () -> store.head(KEY));
        }
    }

    private static S3Connection connection(String endpoint, boolean allowHttp) {
        return new S3Connection(
                URI.create(endpoint),
                "us-east-1",
                "bucket",
                true,
                allowHttp,
                Optional.empty(),
                new S3Credentials.Fixed("access", "secret", Optional.empty()),
                Set.of(),
                4,
                "b2ai-comfyui/test");
    }
}
