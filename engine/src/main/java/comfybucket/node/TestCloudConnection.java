package comfybucket.node;

import com.google.gson.JsonPrimitive;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import java.time.Duration;
import java.util.Iterator;

/** Says whether the profile's bucket can be reached and listed, and how long that took. Writes nothing. */
final class TestCloudConnection implements Node<TestCloudConnection.Inputs> {
    private static final int SHOWN = 3;

    private final Buckets buckets;

    TestCloudConnection(Buckets buckets) {
        this.buckets = buckets;
    }

    record Inputs(ProfileRef profile) {
        Inputs {
            profile = Given.or(profile, ProfileRef.DEFAULT);
        }
    }

    @Override
    public String id() {
        return "TestCloudConnection";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public NodeResult run(Inputs inputs, RunContext context) {
        Bucket bucket = buckets.open(inputs.profile());
        long start = System.nanoTime();
        bucket.store().checkBucket();
        String listing = firstKeys(bucket);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        String summary = "OK · s3://" + bucket.keys().bucket() + " · "
                + bucket.profile().provider().name() + " · " + millis + " ms";
        return NodeResult.of(Ui.text(summary), new JsonPrimitive(summary + "\n" + listing));
    }

    /** A key may well write and read without the right to list; that is worth a word, not a failure. */
    private static String firstKeys(Bucket bucket) {
        ListRequest request = ListRequest.all(bucket.keys().prefix()).withPageSize(SHOWN);
        try {
            Iterator<ListPage> pages = bucket.store().list(request).iterator();
            if (!pages.hasNext()) {
                return "No objects yet.";
            }
            StringBuilder text = new StringBuilder("First keys:");
            pages.next().objects().stream()
                    .limit(SHOWN)
                    .forEach(object -> text.append("\n  ").append(bucket.keys().show(object.key())));
            return text.toString();
        } catch (CloudException denied) {
            return "The keys cannot be listed: " + denied.getMessage();
        }
    }
}
