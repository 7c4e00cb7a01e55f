package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {
    private static final URI HTTPS = URI.create("https://s3.Example.com");
    private static final URI HTTP = URI.create("http://s3.example.com:9000");

    @Test
    void eachSchemeHasItsOwn() {
        ProxySettings settings =
                new ProxySettings(Map.of("HTTPS_PROXY", "http://secure:3128", "http_proxy", "plain:8080"));
        assertThat(settings.proxyFor(HTTPS)).contains(URI.create("http://secure:3128"));
        assertThat(settings.proxyFor(HTTP)).contains(URI.create("http://plain:8080"));
    }

    @Test
    void lowerCaseWinsAndAllProxyIsTheRest() {
        assertThat(new ProxySettings(Map.of("https_proxy", "http://a", "HTTPS_PROXY", "http://b")).proxyFor(HTTPS))
                .contains(URI.create("http://a"));
        assertThat(new ProxySettings(Map.of("ALL_PROXY", "http://c")).proxyFor(HTTPS))
                .contains(URI.create("http://c"));
        assertThat(new ProxySettings(Map.of("HTTPS_PROXY", " ", "NO_PROXY", "")).proxyFor(HTTPS))
                .isEmpty();
        assertThat(new ProxySettings(Map.of("HTTPS_PROXY", "http://:::")).proxyFor(HTTPS))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3.example.com        | true
            EXAMPLE.com           | true
            .example.com          | true
            *.example.com         | true
            *                     | true
            other.com,example.com | true
            s3.example.com:443    | true
            ple.com               | false
            s3.example.co         | false
            other.com             | false
            """)
    void someHostsAreReachedWithoutOne(String noProxy, boolean direct) {
        ProxySettings settings = new ProxySettings(Map.of("HTTPS_PROXY", "http://proxy", "NO_PROXY", noProxy));
        assertThat(settings.proxyFor(HTTPS).isEmpty()).isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:9000", "http://127.0.0.1:1", "http://[::1]:1"})
    void thisMachineNeedsNone(URI endpoint) {
        assertThat(new ProxySettings(Map.of("HTTP_PROXY", "http://proxy")).proxyFor(endpoint))
                .isEmpty();
    }

    @Test
    void credentialsAreTakenOutOfTheAddress() {
        URI proxy = URI.create("http://jo%40work:p%3Ass+w@proxy:3128");
        ProxySettings.User user = ProxySettings.user(proxy).orElseThrow();
        assertThat(user.name()).isEqualTo("jo@work");
        assertThat(user.password()).isEqualTo("p:ss+w");
        assertThat(user.toString()).doesNotContain("p:ss+w");
        assertThat(ProxySettings.withoutUser(proxy)).isEqualTo(URI.create("http://proxy:3128"));
        assertThat(ProxySettings.withoutUser(URI.create("https://proxy"))).isEqualTo(URI.create("https://proxy:443"));
        assertThat(ProxySettings.user(URI.create("http://proxy"))).isEmpty();
    }
}
