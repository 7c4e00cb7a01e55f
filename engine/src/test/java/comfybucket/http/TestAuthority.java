package comfybucket.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority and a server's certificate of it, made by the JDK's own tool. */
public final class TestAuthority {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;

    /**
     * Makes the authority and a server's certificate.
     *
     * @param name the server's alternative name, such as {@code ip:127.0.0.1}
     * @param start when the server's certificate begins to be valid, as keytool has it, such as {@code -10d}
     * @param days how long it is valid
     */
    public TestAuthority(Path folder, String name, String start, int days) throws Exception {
        Path file = folder.resolve("keys-" + System.nanoTime());
        keytool(
                file,
                "authority",
                "-dname",
                "CN=Test authority",
                "-ext",
                "bc:c",
                "-startdate",
                "-100d",
                "-validity",
                "200");
        keytool(
                file,
                "server",
                "-signer",
                "authority",
                "-dname",
                "CN=Test server",
                "-ext",
                "san=" + name,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD);
        }
    }

    private static void keytool(Path file, String alias, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString(),
                "-alias",
                alias));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /** For servers that speak TLS. */
    public ServerSocketFactory sockets() {
        return server().getServerSocketFactory();
    }

    /** With the server's certificate. */
    SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(serverOnly(), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    /** Trusts this authority alone. */
    SSLContext trust() {
        try {
            KeyStore one = empty();
            one.setCertificateEntry("authority", store.getCertificate("authority"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(one);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    private KeyStore serverOnly() throws GeneralSecurityException {
        KeyStore one = empty();
        one.setKeyEntry("server", store.getKey("server", PASSWORD), PASSWORD, store.getCertificateChain("server"));
        return one;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        try {
            one.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("Nothing is read", e);
        }
        return one;
    }

    /** The server's certificate and the authority's. */
    public X509Certificate[] chain() throws GeneralSecurityException {
        return Stream.of(store.getCertificateChain("server"))
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
    }

    /** The authority's certificate as users are given it. */
    public Path pem(Path folder) throws Exception {
        byte[] der = store.getCertificate("authority").getEncoded();
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve("ca-" + System.nanoTime() + ".pem"), pem);
    }
}
