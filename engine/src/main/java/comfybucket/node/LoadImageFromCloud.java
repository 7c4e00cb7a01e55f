package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fetches a picture as it is in the bucket; the pack decodes it the way ComfyUI's own Load Image does. */
final class LoadImageFromCloud implements Node.Reader<LoadImageFromCloud.Inputs> {
    private final Buckets buckets;

    LoadImageFromCloud(Buckets buckets) {
        this.buckets = buckets;
    }

    record Inputs(String key, ProfileRef profile) {
        Inputs {
            key = Given.or(key, "");
            profile = Given.or(profile, ProfileRef.DEFAULT);
        }
    }

    @Override
    public String id() {
        return "LoadImageFromCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public NodeResult run(Inputs inputs, RunContext context) {
        Bucket bucket = buckets.open(inputs.profile());
        ObjectKey key = bucket.keys().resolve(inputs.key());
        try (ObjectContent content = bucket.store().get(key, GetOptions.WHOLE)) {
            Path file = Scratch.file(content, context.progress());
            String identity = bucket.identity(content.info());
            return new NodeResult(
                    List.of(),
                    Ui.text(bucket.keys().uri(key)),
                    Optional.of(new NodeResult.LoadedFile(file, lastSegment(key), identity)));
        }
    }

    @Override
    public String identity(Inputs inputs) {
        Bucket bucket = buckets.open(inputs.profile());
        return bucket.identity(bucket.store().head(bucket.keys().resolve(inputs.key())));
    }

    private static String lastSegment(ObjectKey key) {
        return key.value().substring(key.value().lastIndexOf('/') + 1);
    }
}
