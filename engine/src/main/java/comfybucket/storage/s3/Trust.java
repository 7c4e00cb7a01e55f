package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificate authorities are trusted: Java's own, those of the profile and of {@code SSL_CERT_FILE} and
 * {@code AWS_CA_BUNDLE}, and those of the operating system, where companies put theirs.
 */
final class Trust {
    private static final List<String> VARIABLES = List.of("AWS_CA_BUNDLE", "SSL_CERT_FILE");
    /** Debian and Alpine, Fedora, openSUSE; elsewhere there is no such file. */
    private static final List<Path> SYSTEM_FILES = Stream.of(
                    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem")
            .map(Path::of)
            .toList();
    /** The trust stores of macOS and Windows, by Java's names; a store that this system lacks does not load. */
    private static final List<String> SYSTEM_STORES = List.of("KeychainStore-ROOT", "KeychainStore", "Windows-ROOT");

    private Trust() {}

    /**
     * Trusts what any of the sources trusts. Sources are loaded when the ones before them did not know a certificate,
     * because loading the system's takes longer than a whole upload.
     *
     * @throws CloudException {@link Problem#CA_BUNDLE_NOT_READABLE} for the profile's own bundle
     */
    static AnyTrustManager manager(Optional<Path> caBundle, Map<String, String> environment) {
        List<LazyTrust> sources = new ArrayList<>();
        caBundle.map(Trust::profileBundle).ifPresent(bundle -> sources.add(new LazyTrust(() -> bundle)));
        sources.add(new LazyTrust(() -> of(null)));
        for (String variable : VARIABLES) {
            Optional.ofNullable(environment.get(variable))
                    .filter(value -> !value.isBlank())
                    .ifPresent(file -> sources.add(new LazyTrust(() -> ofFile(Path.of(file)))));
        }
        SYSTEM_FILES.stream().filter(Files::isReadable).forEach(file -> sources.add(new LazyTrust(() -> ofFile(file))));
        SYSTEM_STORES.forEach(store -> sources.add(new LazyTrust(() -> ofSystem(store))));
        return new AnyTrustManager(sources);
    }

    /** TLS with servers that {@link #manager} trusts. */
    static SSLContext context(Optional<Path> caBundle, Map<String, String> environment) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager(caBundle, environment)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    private static X509ExtendedTrustManager profileBundle(Path bundle) {
        try {
            return ofFile(bundle);
        } catch (IOException | GeneralSecurityException e) {
            String reason = e instanceof CertificateException
                    ? "it holds no certificates in PEM form"
                    : "no such file, or not ours to read";
            throw new CloudException(
                    Problem.CA_BUNDLE_NOT_READABLE, Map.of("path", bundle.toString(), "reason", reason), e);
        }
    }

    private static X509ExtendedTrustManager ofFile(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        // The parser reads byte by byte.
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(pem))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            if (certificates.isEmpty()) {
                throw new CertificateException("No certificate in " + pem);
            }
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry(Integer.toString(number++), certificate);
            }
        }
        return of(store);
    }

    private static X509ExtendedTrustManager ofSystem(String type) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        return of(store);
    }

    /** @param store {@code null} for Java's own */
    private static X509ExtendedTrustManager of(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Stream.of(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
