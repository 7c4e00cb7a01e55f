package comfybucket.models.workflow;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The objects of a bucket by the last part of their keys, listed when they are first asked for. */
final class BucketModels {
    private static final int MOST_SHOWN = 5;

    private final Bucket bucket;
    private final List<String> prefixes;
    private final List<Map<String, List<ObjectSummary>>> listed = new ArrayList<>();

    BucketModels(Bucket bucket, List<String> prefixes) {
        this.bucket = bucket;
        this.prefixes = prefixes;
    }

    /**
     * The object whose key ends in one of these names; of several, the one with the type among its folders.
     *
     * @throws CloudException {@link Problem#MODEL_NOT_IN_BUCKET}, {@link Problem#MODEL_AMBIGUOUS}
     */
    ObjectSummary find(Optional<String> type, List<String> names) {
        for (int i = 0; i < prefixes.size(); i++) {
            Map<String, List<ObjectSummary>> objects = listing(i);
            for (String name : names) {
                List<ObjectSummary> found = narrowed(objects.getOrDefault(lastPart(name), List.of()), name, type);
                if (!found.isEmpty()) {
                    return only(found, name);
                }
            }
        }
        throw new CloudException(
                Problem.MODEL_NOT_IN_BUCKET,
                Map.of(
                        "name",
                        names.getFirst(),
                        "place",
                        "s3://" + bucket.keys().bucket() + "/"
                                + bucket.keys()
                                        .resolvePrefix(prefixes.getLast())
                                        .value()));
    }

    private Map<String, List<ObjectSummary>> listing(int index) {
        while (listed.size() <= index) {
            Map<String, List<ObjectSummary>> objects = new HashMap<>();
            ListRequest all = ListRequest.all(bucket.keys().resolvePrefix(prefixes.get(listed.size())));
            for (ListPage page : bucket.store().list(all)) {
                page.objects()
                        .forEach(object -> objects.computeIfAbsent(
                                        lastPart(object.key().value()), name -> new ArrayList<>())
                                .add(object));
            }
            listed.add(objects);
        }
        return listed.get(index);
    }

    private static List<ObjectSummary> narrowed(List<ObjectSummary> found, String name, Optional<String> type) {
        List<ObjectSummary> wholeName = preferred(found, object -> ("/" + object.key()).endsWith("/" + name));
        return type.map(folder -> preferred(wholeName, object -> ("/" + object.key()).contains("/" + folder + "/")))
                .orElse(wholeName);
    }

    /** Those that are so, or all if none is. */
    private static List<ObjectSummary> preferred(List<ObjectSummary> objects, Predicate<ObjectSummary> better) {
        List<ObjectSummary> some = objects.stream().filter(better).toList();
        return some.isEmpty() ? objects : some;
    }

    private ObjectSummary only(List<ObjectSummary> found, String name) {
        ObjectSummary first = found.getFirst();
        boolean copies = found.stream()
                .allMatch(
                        object -> object.size() == first.size() && object.etag().equals(first.etag()));
        if (copies) {
            return first;
        }
        String keys = found.stream()
                .limit(MOST_SHOWN)
                .map(object -> bucket.keys().show(object.key()))
                .collect(Collectors.joining(", "));
        throw new CloudException(Problem.MODEL_AMBIGUOUS, Map.of("name", name, "keys", keys));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
