package comfybucket.node;

import com.google.gson.JsonPrimitive;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.Amount;
import comfybucket.error.CloudException;
import comfybucket.models.cache.Budget;
import comfybucket.models.cache.FetchOptions;
import comfybucket.models.cache.ModelCache;
import comfybucket.models.cache.ModelFile;
import comfybucket.models.folders.ModelFolders;
import comfybucket.models.safety.ModelCheck;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings the model that a node names to where ComfyUI's loaders find it, and says on the node what that took. */
final class ModelFetcher {
    private final Buckets buckets;
    private final ModelCache cache = new ModelCache();

    /** What became of each object, by its identity. */
    private final Map<String, Path> fetched = new ConcurrentHashMap<>();

    ModelFetcher(Buckets buckets) {
        this.buckets = buckets;
    }

    /**
     * @param type ComfyUI's name for the kind of model
     * @param options what the node asks for; the rules of the profile are added
     */
    NodeResult fetch(String type, String key, ProfileRef chosen, FetchOptions options, RunContext context) {
        ModelFolders folders = context.models().orElseThrow(() -> new IllegalArgumentException("No model folders"));
        Bucket bucket = buckets.open(chosen);
        ObjectKey object = bucket.keys().resolve(key);
        FetchOptions rules = options.withCheck(ModelCheck.of(
                fileName(object), bucket.keys().uri(object), bucket.profile().allowPickle()));
        if (bucket.profile().limits().modelCache().isPresent()) {
            rules = rules.withBudget(
                    new Budget(bucket.profile().limits().modelCache().getAsLong(), folders.all()));
        }
        ModelFile model = cache.fetch(bucket, object, folders.place(type), rules, new TransferLine(context.progress()));
        String identity = model.object().map(bucket::identity).orElseGet(() -> outOfReach(bucket, object));
        fetched.put(identity, model.path());
        return NodeResult.loaded(List.of(), identity, Ui.text(lines(model)), new JsonPrimitive(model.name()));
    }

    /**
     * Changes when the object has, and when the file that was made of it is there no more. Where the store is out of
     * reach it stands still, as the copy here does.
     */
    String identity(String key, ProfileRef chosen) {
        Bucket bucket = buckets.open(chosen);
        ObjectKey object = bucket.keys().resolve(key);
        String identity;
        try {
            identity = bucket.identity(bucket.store().head(object));
        } catch (CloudException failed) {
            if (!ModelCache.worksWithout(failed)) {
                throw failed;
            }
            identity = outOfReach(bucket, object);
        }
        Path file = fetched.get(identity);
        return file == null || Files.isRegularFile(file) ? identity : identity + "\ngone";
    }

    private static String outOfReach(Bucket bucket, ObjectKey object) {
        return "out of reach: " + bucket.keys().uri(object);
    }

    private static String[] lines(ModelFile model) {
        return switch (model.outcome()) {
            case CACHED, ADOPTED -> new String[] {"cached: " + model.name()};
            case OFFLINE_COPY ->
                new String[] {
                    "cached: " + model.name(), "The store cannot be reached; this copy was verified when it could."
                };
            case DOWNLOADED ->
                new String[] {
                    "downloaded: " + model.name() + " (" + Amount.of(model.bytes()) + " in "
                            + Durations.text(model.duration()) + ")"
                };
        };
    }

    private static String fileName(ObjectKey key) {
        return key.value().substring(key.value().lastIndexOf('/') + 1);
    }
}
