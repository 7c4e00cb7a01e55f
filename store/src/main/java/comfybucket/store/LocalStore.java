package comfybucket.store;

import comfybucket.store.disk.DataFolder;
import comfybucket.store.http.Handler;
import comfybucket.store.http.HttpServer;
import comfybucket.store.s3.S3Handler;
import comfybucket.store.sign.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A running S3 server over a folder, on the loopback address only. The object {@code images/a.png} of the bucket
 * {@code comfyui} is the file {@code <folder>/comfyui/images/a.png}. Several processes may serve one folder at once.
 */
public final class LocalStore implements AutoCloseable {
    private static final Duration PORT_RETRY = Duration.ofSeconds(3);

    private final DataFolder data;
    private final Credentials credentials;
    private final String bucket;
    private final StablePort stable;
    private final HttpServer own;

    private LocalStore(DataFolder data, Credentials credentials, String bucket, StablePort stable, HttpServer own) {
        this.data = data;
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
        DataFolder data = DataFolder.open(folder, options.force());
        StablePort stable = null;
        try {
            data.buckets().create(options.bucket());
            Credentials credentials = CredentialsFile.readOrCreate(data.inner().resolve("credentials.json"));
            Handler handler = options.front().apply(new S3Handler(data, credentials, InstantSource.system()));
            stable = StablePort.open(data.inner().resolve("port"), handler, options.limits(), PORT_RETRY);
            HttpServer own = stable.mine() ? null : HttpServer.start(0, handler, options.limits());
            return new LocalStore(data, credentials, options.bucket(), stable, own);
        } catch (IOException | RuntimeException e) {
            try (data) {
                if (stable != null) {
                    stable.close();
                }
            }
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
        try (data;
                stable;
                own) {
            // All of them, whichever fails.
        }
    }
}
