package comfybucket.store;

import comfybucket.store.disk.PrivateFiles;
import comfybucket.store.http.Handler;
import comfybucket.store.http.HttpServer;
import comfybucket.store.http.Response;
import comfybucket.store.sign.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A running S3 server over a folder, on the loopback address only. The object {@code images/a.png} of the bucket
 * {@code comfyui} is the file {@code <folder>/comfyui/images/a.png}. Several processes may serve one folder at once.
 */
public final class LocalStore implements AutoCloseable {
    private static final String PRIVATE_FOLDER = ".comfy-bucket";
    private static final Duration PORT_RETRY = Duration.ofSeconds(3);

    private final Credentials credentials;
    private final String bucket;
    private final StablePort stable;
    private final HttpServer own;

    private LocalStore(Credentials credentials, String bucket, StablePort stable, HttpServer own) {
        this.credentials = credentials;
        this.bucket = bucket;
        this.stable = stable;
        this.own = own;
    }

    /** {@link #open(Path, StoreOptions)} with the default options. */
    public static LocalStore open(Path folder) throws IOException {
        return open(folder, StoreOptions.defaults());
    }

    /**
     * Starts to serve the folder, which is created when it is not there.
     *
     * @throws IOException when the folder cannot be used, with a message for the user
     */
    public static LocalStore open(Path folder, StoreOptions options) throws IOException {
        Path root = Files.createDirectories(folder).toRealPath();
        Path inner = root.resolve(PRIVATE_FOLDER);
        PrivateFiles.createDirectory(inner);
        Credentials credentials = CredentialsFile.readOrCreate(inner.resolve("credentials.json"));
        Files.createDirectories(root.resolve(options.bucket()));
        Handler handler = options.front().apply(request -> Response.of(501));
        StablePort stable = StablePort.open(inner.resolve("port"), handler, options.limits(), PORT_RETRY);
        try {
            HttpServer own = stable.mine() ? null : HttpServer.start(0, handler, options.limits());
            return new LocalStore(credentials, options.bucket(), stable, own);
        } catch (IOException e) {
            stable.close();
            throw e;
        }
    }

    /** Where this process answers, such as {@code http://127.0.0.1:20123}: for its own traffic. */
    public URI endpoint() {
        return at(own == null ? stable.number() : own.port());
    }

    /** Where links point: the same for every process that serves the folder, and the same after a restart. */
    public URI publicEndpoint() {
        return at(stable.number());
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    public String accessKey() {
        return credentials.accessKey();
    }

    public String secretKey() {
        return credentials.secretKey();
    }

    /** The name of the bucket that was there from the start. */
    public String bucket() {
        return bucket;
    }

    /** Stops serving and drops every connection. What was acknowledged is on disk; nothing else is needed. */
    @Override
    public void close() throws IOException {
        stable.close();
        if (own != null) {
            own.close();
        }
    }
}
