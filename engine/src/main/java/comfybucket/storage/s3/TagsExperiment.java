package comfybucket.storage.s3;

import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;
import java.util.Map;

/** Some stores take the tags of an object and forget them. */
final class TagsExperiment implements Experiment {
    private static final Map<String, String> TAGS = Map.of("comfy-bucket", "probe");

    @Override
    public boolean works(Laboratory laboratory) {
        ObjectKey key = laboratory.key("tagged");
        laboratory.store().put(key, Laboratory.content(), PutOptions.REPLACE.withTags(TAGS));
        return laboratory.store().tags(key).equals(TAGS);
    }
}
