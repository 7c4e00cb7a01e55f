package comfybucket.node;

import com.google.gson.JsonArray;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.cache.MediaCache;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectSummary;
import java.util.List;
import java.util.Map;

/** Brings many pictures onto this machine side by side; one that does not come is named and the others are delivered. */
final class LoadImagesFromCloud implements Node.Reader<LoadImagesFromCloud.Inputs> {
    private static final int MOST = 1000;

    private final Buckets buckets;
    private final MediaCache cache;

    LoadImagesFromCloud(Buckets buckets, MediaCache cache) {
        this.buckets = buckets;
        this.cache = cache;
    }

    record Inputs(String prefix, Integer maxImages, String order, ProfileRef profile) {
        Inputs {
            prefix = Given.or(prefix, "");
            maxImages = Given.or(maxImages, 50);
            order = Given.or(order, "name");
            profile = Given.or(profile, ProfileRef.DEFAULT);
        }

        PictureChoice choice() {
            return new PictureChoice(prefix, Math.clamp(maxImages, 1, MOST), PictureOrder.named(order));
        }
    }

    @Override
    public String id() {
        return "LoadImagesFromCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    /** @throws CloudException {@link Problem#NOTHING_FOUND}, {@link Problem#NOTHING_LOADED} */
    @Override
    public NodeResult run(Inputs inputs, RunContext context) {
        Bucket bucket = buckets.open(inputs.profile());
        List<ObjectSummary> wanted = inputs.choice().find(bucket);
        if (wanted.isEmpty()) {
            throw new CloudException(Problem.NOTHING_FOUND, Map.of("wanted", inputs.prefix(), "space", space(bucket)));
        }
        Fetched fetched = Fetched.all(wanted, bucket, cache, context.progress());
        JsonArray keys = new JsonArray();
        fetched.objects().forEach(object -> keys.add(bucket.keys().show(object.key())));
        return NodeResult.loaded(
                fetched.files(),
                ListIdentity.of(bucket, fetched.objects()),
                Ui.text(fetched.failures().toArray(String[]::new)),
                keys);
    }

    @Override
    public String identity(Inputs inputs) {
        Bucket bucket = buckets.open(inputs.profile());
        return ListIdentity.of(bucket, inputs.choice().find(bucket));
    }

    private static String space(Bucket bucket) {
        return "s3://" + bucket.keys().bucket() + "/" + bucket.keys().prefix();
    }
}
