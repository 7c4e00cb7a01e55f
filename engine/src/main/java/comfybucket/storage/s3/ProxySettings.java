package comfybucket.storage.s3;

import comfybucket.http.Origin;
import comfybucket.http.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that the environment names, read as curl reads them: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and
 * {@code ALL_PROXY} in either case, and the hosts of {@code NO_PROXY} that are reached without one.
 *
 * @param environment the process's variables
 * @see <a href="https://everything.curl.dev/usingcurl/proxies/env.html">Proxy environment variables</a>
 */
record ProxySettings(Map<String, String> environment) {
    static final ProxySettings NONE = new ProxySettings(Map.of());

    /** A proxy's own credentials, as its address holds them. */
    record User(String name, String password) {
        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    static ProxySettings ofThisProcess() {
        return new ProxySettings(System.getenv());
    }

    /** The proxy on the way to an endpoint; one that is not the address of an HTTP proxy counts as none. */
    Optional<URI> proxyFor(URI endpoint) {
        String scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
        return value(scheme + "_proxy")
                .or(() -> value("all_proxy"))
                .flatMap(ProxySettings::address)
                .filter(proxy -> !isDirect(endpoint.getHost().toLowerCase(Locale.ROOT)));
    }

    /** It gets its password before it asks for it. */
    static Proxy proxy(URI address) {
        boolean secure = address.getScheme().equalsIgnoreCase("https");
        Origin origin = new Origin(secure, address.getHost(), port(address));
        return new Proxy(origin, user(address).map(user -> Proxy.basic(user.name(), user.password())));
    }

    static Optional<User> user(URI proxy) {
        return Optional.ofNullable(proxy.getRawUserInfo()).map(info -> {
            int colon = info.indexOf(':');
            String name = colon < 0 ? info : info.substring(0, colon);
            return new User(decoded(name), colon < 0 ? "" : decoded(info.substring(colon + 1)));
        });
    }

    static URI withoutUser(URI proxy) {
        return URI.create(proxy.getScheme() + "://" + proxy.getHost() + ":" + port(proxy));
    }

    private boolean isDirect(String host) {
        boolean thisMachine = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return thisMachine
                || value("no_proxy").stream()
                        .flatMap(list ->
                                Arrays.stream(list.toLowerCase(Locale.ROOT).split(",")))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty())
                        .anyMatch(entry -> entry.equals("*") || covers(entry, host));
    }

    /** {@code example.com} and {@code .example.com} both cover the host and everything below it. */
    private static boolean covers(String entry, String host) {
        String domain =
                entry.startsWith("*.") ? entry.substring(2) : entry.startsWith(".") ? entry.substring(1) : entry;
        int port = domain.lastIndexOf(':');
        String name = port > 0 && domain.indexOf(':') == port ? domain.substring(0, port) : domain;
        return host.equals(name) || host.endsWith("." + name);
    }

    private Optional<String> value(String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    private static Optional<URI> address(String value) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            boolean http = uri.getHost() != null
                    && uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http");
            return http ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static int port(URI proxy) {
        if (proxy.getPort() > 0) {
            return proxy.getPort();
        }
        return proxy.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
