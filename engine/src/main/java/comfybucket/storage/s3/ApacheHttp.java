package comfybucket.storage.s3;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthCache;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.SdkHttpClient;

/** An HTTP layer on Apache HttpClient 5, without retries, redirects, decompression or Expect: 100-continue. */
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
        int connections = connection.concurrency() + SPARE_CONNECTIONS;
        Timeout connect = Timeout.of(timeouts.connect());
        // A second line of defence: Watch gives up earlier.
        Timeout silence = Timeout.of(timeouts.work().plus(timeouts.silence()));
        PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard)
                .setTlsSocketStrategy(tls)
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(silence)
                        .setIdleTimeout(Timeout.of(KEEP_IDLE))
                        .build())
                .setMaxConnPerRoute(connections)
                .setMaxConnTotal(connections)
                .build();
        HttpClientBuilder client = HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(silence)
                        .setExpectContinueEnabled(false)
                        .build())
                .evictIdleConnections(TimeValue.of(KEEP_IDLE))
                .setDefaultCookieSpecRegistry(name -> null)
                .disableCookieManagement()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableDefaultUserAgent();
        return proxy.<SdkHttpClient>map(uri -> {
                    HttpHost host = HttpHost.create(ProxySettings.withoutUser(uri));
                    return new ProxiedHttp(
                            new ApacheClient(client.setProxy(host).build(), () -> context(uri, host)), guard);
                })
                .orElseGet(() -> new ApacheClient(client.build(), HttpClientContext::create));
    }

    /** In which the proxy gets its password without asking for it first. */
    private static HttpClientContext context(URI proxy, HttpHost host) {
        HttpClientContext context = HttpClientContext.create();
        ProxySettings.user(proxy).ifPresent(user -> {
            Credentials credentials =
                    new UsernamePasswordCredentials(user.name(), user.password().toCharArray());
            BasicCredentialsProvider provider = new BasicCredentialsProvider();
            provider.setCredentials(new AuthScope(host), credentials);
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(credentials);
            AuthCache known = new BasicAuthCache();
            known.put(host, scheme);
            context.setCredentialsProvider(provider);
            context.setAuthCache(known);
        });
        return context;
    }
}
