package comfybucket.storage.s3;

import comfybucket.storage.ObjectStore;
import comfybucket.storage.ObjectStoreContract;
import comfybucket.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the store behind {@code Local}, which keeps all of it. */
class EmbeddedStoreTest extends ObjectStoreContract {
    @TempDir
    private static Path folder;

    private static LocalStore server;

    @BeforeAll
    static void start() throws IOException {
        server = LocalStore.open(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    protected ObjectStore open() {
        return open(bucket());
    }

    @Override
    protected ObjectStore openMissingBucket() {
        return open("no-such-bucket");
    }

    @Override
    protected String bucket() {
        return server.bucket();
    }

    private static ObjectStore open(String bucket) {
        return S3Store.open(Connections.to(server.endpoint(), bucket, server.accessKey(), server.secretKey()));
    }
}
