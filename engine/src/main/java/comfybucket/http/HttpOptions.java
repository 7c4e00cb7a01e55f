package comfybucket.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How servers are reached.
 *
 * @param connections how many may be in use at once; whoever wants one more waits
 * @param setup how long one may take to set up, TLS included, or to become free
 * @param idle how long one is kept that nobody uses
 * @param proxies the proxy on the way to an origin
 * @param tls asked once it is needed
 */
public record HttpOptions(
        int connections,
        Duration setup,
        Duration idle,
        Resolver resolver,
        Function<Origin, Optional<Proxy>> proxies,
        Supplier<SSLContext> tls) {}
