package comfybucket.node;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectSummary;
import java.util.Locale;
import java.util.StringJoiner;

/** Lists the first keys under a prefix, in S3's order. */
final class ListBucketContents implements Node<ListBucketContents.Inputs> {
    private static final double MEGABYTE = 1024 * 1024;

    private final Buckets buckets;

    ListBucketContents(Buckets buckets) {
        this.buckets = buckets;
    }

    record Inputs(String prefix, Integer maxResults, ProfileRef profile) {
        Inputs {
            prefix = Given.or(prefix, "");
            maxResults = Given.or(maxResults, 100);
            profile = Given.or(profile, ProfileRef.DEFAULT);
        }
    }

    @Override
    public String id() {
        return "ListBucketContents";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public NodeResult run(Inputs inputs, RunContext context) {
        Bucket bucket = buckets.open(inputs.profile());
        KeyPrefix prefix = bucket.keys().resolvePrefix(inputs.prefix());
        ListRequest request =
                ListRequest.all(prefix).withPageSize(Math.clamp(inputs.maxResults(), 1, ListRequest.MAX_PAGE));
        StringJoiner lines = new StringJoiner("\n");
        JsonArray keys = new JsonArray();
        for (ListPage page : bucket.store().list(request)) {
            for (ObjectSummary object : page.objects()) {
                if (keys.size() == inputs.maxResults()) {
                    return result(bucket, prefix, lines, keys, true);
                }
                String key = bucket.keys().show(object.key());
                keys.add(key);
                lines.add(String.format(Locale.ROOT, "%s  (%.1f MB)", key, object.size() / MEGABYTE));
            }
        }
        return result(bucket, prefix, lines, keys, false);
    }

    private static NodeResult result(
            Bucket bucket, KeyPrefix prefix, StringJoiner lines, JsonArray keys, boolean more) {
        String count = (more ? "the first " : "") + keys.size() + (keys.size() == 1 ? " object" : " objects");
        Ui ui = Ui.text("s3://" + bucket.keys().bucket() + "/" + prefix.value() + ": " + count);
        return NodeResult.of(ui, new JsonPrimitive(lines.toString()), keys);
    }
}
