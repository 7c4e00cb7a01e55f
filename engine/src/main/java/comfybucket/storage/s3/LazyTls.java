package comfybucket.storage.s3;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * TLS that is set up when it is needed: that takes a good part of the time to a first object, and a store on this machine
 * is spoken to in plain text.
 */
final class LazyTls implements TlsSocketStrategy {
    private final Lazy<TlsSocketStrategy> tls;

    /** @param trust whom to trust; asked once, when a connection needs it */
    LazyTls(Supplier<TrustManager> trust) {
        this.tls = new Lazy<>(() -> strategy(trust.get()));
    }

    private static TlsSocketStrategy strategy(TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return new DefaultClientTlsStrategy(
                    context, HostnameVerificationPolicy.CLIENT, new DefaultHostnameVerifier());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    /** Sets it up now, so that no request waits for it. */
    void prepare() {
        var _ = tls.get();
    }

    @Override
    public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext context)
            throws IOException {
        return tls.get().upgrade(socket, host, port, attachment, context);
    }
}
