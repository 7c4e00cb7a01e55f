package comfybucket.models.workflow;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.models.cache.ModelPlace;
import comfybucket.models.folders.ModelFolders;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds out where the models that a workflow needs are in a bucket, and where they go on this machine. */
public final class Plan {
    private final Function<Optional<ProfileRef>, Bucket> buckets;
    private final ModelFolders folders;
    private final List<String> prefixes;
    private final Map<Bucket, BucketModels> listed = new HashMap<>();

    /**
     * @param buckets the bucket of a profile that the workflow names, or the usual one
     * @param folders of the ComfyUI that the workflow will run in
     * @param prefixes where models lie in the bucket: what one of them does not have is looked for in the next
     */
    public Plan(Function<Optional<ProfileRef>, Bucket> buckets, ModelFolders folders, List<String> prefixes) {
        this.buckets = buckets;
        this.folders = folders;
        this.prefixes = List.copyOf(prefixes);
    }

    /**
     * @throws CloudException {@link Problem#MODEL_NOT_IN_BUCKET}, {@link Problem#MODEL_AMBIGUOUS},
     *     {@link Problem#MODEL_FOLDER_UNKNOWN}, {@link Problem#MODEL_NAMED_AT_RUN}, or what the store says
     */
    public Step step(Need need) {
        return switch (need) {
            case Need.Key wanted -> fetch(wanted);
            case Need.File wanted -> fetch(wanted);
            case Need.Unknown(String node, String input) ->
                throw new CloudException(Problem.MODEL_NAMED_AT_RUN, Map.of("node", node, "input", input));
        };
    }

    private Step fetch(Need.Key wanted) {
        ModelPlace place = folders.place(wanted.type());
        Bucket bucket = buckets.apply(wanted.profile());
        ObjectKey key = bucket.keys().resolve(wanted.key());
        return new Step.Fetch(bucket, key, place, bucket.store().head(key).size());
    }

    private Step fetch(Need.File wanted) {
        Optional<Path> there = wanted.type().stream()
                .flatMap(type -> names(type, wanted.name()).stream().map(name -> folders.find(type, name)))
                .flatMap(Optional::stream)
                .findFirst();
        if (there.isPresent()) {
            return new Step.There(there.get());
        }
        Bucket bucket = buckets.apply(Optional.empty());
        ObjectSummary object = listed.computeIfAbsent(bucket, one -> new BucketModels(one, prefixes))
                .find(wanted.type(), names(wanted.type().orElse(""), wanted.name()));
        String type = wanted.type()
                .or(() -> typeOf(object.key()))
                .orElseThrow(() -> new CloudException(
                        Problem.MODEL_FOLDER_UNKNOWN, Map.of("name", wanted.name(), "node", wanted.node())));
        Optional<Path> guessed = folders.find(type, wanted.name());
        return guessed.<Step>map(Step.There::new)
                .orElseGet(() -> new Step.Fetch(bucket, object.key(), below(type, wanted.name()), object.size()));
    }

    /** Embeddings are named without their ending. */
    private static List<String> names(String type, String name) {
        boolean whole = !type.equals("embeddings") || name.matches(".*\\.(safetensors|pt|bin)");
        return whole ? List.of(name) : List.of(name + ".safetensors", name + ".pt", name + ".bin");
    }

    /** The folder that makes the file's name the one that the workflow has. */
    private ModelPlace below(String type, String name) {
        ModelPlace place = folders.place(type);
        int end = name.lastIndexOf('/');
        Path folder =
                place.folder().resolve(name.substring(0, Math.max(end, 0))).normalize();
        boolean inside = folder.startsWith(place.folder().normalize());
        return end < 0 || !inside ? place : ModelPlace.of(folder);
    }

    /** Where nothing says what type a model is, a folder in its key may. */
    private Optional<String> typeOf(ObjectKey key) {
        List<String> parts = Arrays.asList(key.value().split("/", -1));
        return folders.byType().keySet().stream()
                .filter(type -> parts.subList(0, parts.size() - 1).contains(type))
                .findFirst();
    }
}
