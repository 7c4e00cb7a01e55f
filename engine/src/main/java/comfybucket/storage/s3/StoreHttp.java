package comfybucket.storage.s3;

import comfybucket.http.HttpClient;
import comfybucket.http.HttpOptions;
import comfybucket.http.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.http.SdkHttpClient;

/** The product's own HTTP below the SDK. */
record StoreHttp(ProxySettings proxies, AddressGuard.Names names) implements HttpLayer {
    /** Connections that were given back by their readers a moment ago may still count as used. */
    private static final int SPARE_CONNECTIONS = 8;
    /** Less than what stores and the routers in between allow, so that few connections turn out dead. */
    private static final Duration KEEP_IDLE = Duration.ofSeconds(20);

    StoreHttp(ProxySettings proxies) {
        this(proxies, InetAddress::getAllByName);
    }

    @Override
    public SdkHttpClient open(S3Connection connection, Timeouts timeouts) {
        // A good part of the time to a first object, and a store on this machine is spoken to in plain text.
        Lazy<SSLContext> tls = new Lazy<>(() -> Trust.context(connection.caBundle(), System.getenv()));
        if (!connection.isPlainHttp()) {
            // Now, so that no request waits for it.
            var _ = tls.get();
        }
        Optional<URI> address = proxies.proxyFor(connection.endpoint());
        AddressGuard guard = new AddressGuard(connection, address, timeouts.connect(), names);
        Optional<Proxy> proxy = address.map(ProxySettings::proxy);
        SdkHttpClient client = new StoreHttpClient(new HttpClient(new HttpOptions(
                connection.concurrency() + SPARE_CONNECTIONS,
                timeouts.connect(),
                KEEP_IDLE,
                guard,
                origin -> proxy,
                tls)));
        return proxy.isPresent() ? new ProxiedHttp(client, guard) : client;
    }
}
