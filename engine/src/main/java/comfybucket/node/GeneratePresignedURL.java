package comfybucket.node;

import com.google.gson.JsonPrimitive;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import java.time.Duration;
import java.util.Optional;

/** Makes a link to an object that is there; a key without an object is an error, not a dead link. */
final class GeneratePresignedURL implements Node<GeneratePresignedURL.Inputs> {
    private final Buckets buckets;

    GeneratePresignedURL(Buckets buckets) {
        this.buckets = buckets;
    }

    record Inputs(String key, Integer expiresHours, ProfileRef profile, String downloadName) {
        Inputs {
            key = Given.or(key, "");
            expiresHours = Given.or(expiresHours, 24);
            profile = Given.or(profile, ProfileRef.DEFAULT);
            downloadName = Given.or(downloadName, "");
        }
    }

    @Override
    public String id() {
        return "GeneratePresignedURL";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public NodeResult run(Inputs inputs, RunContext context) {
        Bucket bucket = buckets.open(inputs.profile());
        ObjectKey key = bucket.keys().resolve(inputs.key());
        bucket.store().head(key);
        String url = bucket.link(
                key,
                Duration.ofHours(inputs.expiresHours()),
                Optional.of(inputs.downloadName()).filter(name -> !name.isEmpty()));
        return NodeResult.of(Ui.text("url: " + url), new JsonPrimitive(url));
    }
}
