package comfybucket.storage.s3;

import comfybucket.http.HttpClient;
import comfybucket.http.HttpOptions;
import comfybucket.http.Origin;
import comfybucket.http.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Carries what the SDK asks by itself on its way to credentials: for the roles and web identities that {@code ~/.aws} and
 * AWS's variables name. Public because the SDK finds it as a service.
 */
public final class CredentialsHttp implements SdkHttpService {
    private static final int CONNECTIONS = 4;
    private static final Duration IDLE = Duration.ofSeconds(5);

    @Override
    public SdkHttpClient.Builder<?> createHttpClientBuilder() {
        return new Builder();
    }

    private static final class Builder implements SdkHttpClient.Builder<Builder> {
        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap unused) {
            HttpClient http = new HttpClient(new HttpOptions(
                    CONNECTIONS,
                    Timeouts.STANDARD.connect(),
                    IDLE,
                    InetAddress::getAllByName,
                    Builder::proxy,
                    new Lazy<>(() -> Trust.context(Optional.empty(), System.getenv()))));
            return new BriefHttp(new StoreHttpClient(http), MachineCredentials.PATIENCE);
        }

        private static Optional<Proxy> proxy(Origin origin) {
            String scheme = origin.secure() ? "https" : "http";
            URI address = URI.create(scheme + "://" + origin.host() + ":" + origin.port());
            return ProxySettings.ofThisProcess().proxyFor(address).map(ProxySettings::proxy);
        }
    }
}
