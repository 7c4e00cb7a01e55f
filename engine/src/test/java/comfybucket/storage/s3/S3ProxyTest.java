package comfybucket.storage.s3;

import comfybucket.error.Problem;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.ObjectStoreContract;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.net.URI;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** The contract on S3Proxy, an S3 server that others wrote, keeping its objects in memory. */
class S3ProxyTest extends ObjectStoreContract {
    private static S3Proxy proxy;

    @BeforeAll
    static void start() throws Exception {
        TransientNio2BlobStore memory = new TransientNio2BlobStore();
        memory.createContainer("contract");
        proxy = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "access", "secret")
                .blobStore(memory)
                .build();
        proxy.start();
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.stop();
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
        return "contract";
    }

    private static ObjectStore open(String bucket) {
        URI endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
        return S3Store.open(Connections.to(endpoint, bucket, "access", "secret"));
    }

    @Override
    @Test
    @Disabled("its in-memory file system takes a name for a file or for a folder")
    protected void anObjectMayBeNamedLikeAFolder() {}

    @Override
    @Test
    @Disabled("its in-memory file system resolves dots")
    protected void dotsAndDoubleSlashesAreOrdinary() {}

    @Override
    @Test
    @Disabled("orders names by their UTF-16 units")
    protected void keysAreListedInTheOrderOfTheirBytes() {}

    /** It answers 501, which has to be told from other refusals. */
    @Override
    @Test
    protected void tagsAreTaken() {
        PutOptions options = PutOptions.REPLACE.withTags(Map.of("a", "b"));
        assertProblem(Problem.STORE_CANNOT, () -> store().put(key("a"), Payload.of(new byte[0]), options));
    }
}
