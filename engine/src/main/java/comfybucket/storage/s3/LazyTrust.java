package comfybucket.storage.s3;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;

/** A set of certificate authorities that is loaded when it is first asked, and empty where that fails. */
final class LazyTrust {
    /** Reads the certificates. */
    interface Source {
        X509ExtendedTrustManager load() throws IOException, GeneralSecurityException;
    }

    private final Source source;
    private Optional<X509ExtendedTrustManager> loaded;

    LazyTrust(Source source) {
        this.source = source;
    }

    synchronized Optional<X509ExtendedTrustManager> get() {
        if (loaded == null) {
            try {
                loaded = Optional.of(source.load());
            } catch (IOException | GeneralSecurityException e) {
                // This system has no such store; another source may know the certificate.
                loaded = Optional.empty();
            }
        }
        return loaded;
    }
}
