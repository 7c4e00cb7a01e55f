package comfybucket.storage.s3;

import comfybucket.storage.ObjectStore;
import comfybucket.storage.ObjectStoreContract;
import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract on any store that somebody names: {@code CONTRACT_ENDPOINT}, {@code CONTRACT_BUCKET} (which exists),
 * {@code CONTRACT_ACCESS_KEY} and {@code CONTRACT_SECRET_KEY}. What the tests make stays in the bucket.
 */
@EnabledIfEnvironmentVariable(named = "CONTRACT_ENDPOINT", matches = ".+")
class GivenStoreTest extends ObjectStoreContract {
    @Override
    protected ObjectStore open() {
        return open(bucket());
    }

    @Override
    protected ObjectStore openMissingBucket() {
        return open("no-such-bucket-4711");
    }

    @Override
    protected String bucket() {
        return System.getenv("CONTRACT_BUCKET");
    }

    private static ObjectStore open(String bucket) {
        return S3Store.open(Connections.to(
                URI.create(System.getenv("CONTRACT_ENDPOINT")),
                bucket,
                System.getenv("CONTRACT_ACCESS_KEY"),
                System.getenv("CONTRACT_SECRET_KEY")));
    }
}
