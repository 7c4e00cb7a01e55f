package comfybucket.storage.s3;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts a server that any of several sets of certificate authorities trusts; the first that does decides. */
final class AnyTrustManager extends X509ExtendedTrustManager {
    private final List<LazyTrust> sources;

    AnyTrustManager(List<LazyTrust> sources) {
        this.sources = List.copyOf(sources);
    }

    /** A question to one of the sources. */
    private interface Check {
        void ask(X509ExtendedTrustManager source) throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        any(source -> source.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        any(source -> source.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        any(source -> source.checkServerTrusted(chain, authType));
    }

    private void any(Check check) throws CertificateException {
        CertificateException first = null;
        for (LazyTrust source : sources) {
            Optional<X509ExtendedTrustManager> authorities = source.get();
            if (authorities.isEmpty()) {
                continue;
            }
            try {
                check.ask(authorities.get());
                return;
            } catch (CertificateException e) {
                WrongHostException.requireOther(e);
                first = first == null ? e : first;
            }
        }
        throw first == null ? new CertificateException("No certificate authorities on this machine") : first;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("We are never the server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
