package comfybucket.storage.s3;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** The SDK's HTTP layer on Apache HttpClient 5, without retries, redirects, decompression or Expect: 100-continue. */
record ApacheHttp(ProxySettings proxies, AddressGuard.Names names) implements HttpLayer {
    /** Connections that were given back by their readers a moment ago may still count as used. */
    private static final int SPARE_CONNECTIONS = 8;
    /** Less than what stores and the routers in between allow, so that few connections turn out dead. */
    private static final Duration KEEP_IDLE = Duration.ofSeconds(20);

    ApacheHttp(ProxySettings proxies) {
        this(proxies, InetAddress::getAllByName);
    }

    @Override
    public SdkHttpClient open(S3Connection connection, Timeouts timeouts) {
        LazyTls tls = new LazyTls(() -> Trust.manager(connection.caBundle(), System.getenv()));
        if (!connection.isPlainHttp()) {
            tls.prepare();
        }
        Optional<URI> proxy = proxies.proxyFor(connection.endpoint());
        AddressGuard guard = new AddressGuard(connection, proxy, timeouts.connect(), names);
        SdkHttpClient client = Apache5HttpClient.builder()
                .connectionTimeout(timeouts.connect())
                // A second line of defence: Watch gives up earlier.
                .socketTimeout(timeouts.work().plus(timeouts.silence()))
                .connectionMaxIdleTime(KEEP_IDLE)
                .maxConnections(connection.concurrency() + SPARE_CONNECTIONS)
                .expectContinueEnabled(false)
                .dnsResolver(guard)
                .tlsSocketStrategy(tls)
                .proxyConfiguration(configuration(proxy))
                .build();
        return proxy.isPresent() ? new ProxiedHttp(client, guard) : client;
    }

    private static ProxyConfiguration configuration(Optional<URI> proxy) {
        ProxyConfiguration.Builder configuration =
                ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        proxy.ifPresent(uri -> {
            configuration.endpoint(ProxySettings.withoutUser(uri));
            ProxySettings.user(uri)
                    .ifPresent(user -> configuration
                            .username(user.name())
                            .password(user.password())
                            .preemptiveBasicAuthenticationEnabled(true));
        });
        return configuration.build();
    }
}
