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
import java.util.Optional;
import java.util.Set;
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
        AddressGuard guard =
                new AddressGuard(connection, Optional.of(URI.create("http://10.0.0.1:3128")), Duration.ofSeconds(5));
        assertThat(guard.resolve("10.0.0.1")).hasSize(1);
    }

    private static AddressGuard guard(String endpoint, boolean allowHttp) {
        return new AddressGuard(connection(endpoint, allowHttp), Optional.empty(), Duration.ofSeconds(5));
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
