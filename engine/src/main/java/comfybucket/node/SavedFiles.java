package comfybucket.node;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import comfybucket.connect.Bucket;
import comfybucket.storage.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a save node tells of the files that it has saved.
 *
 * @param lines for the node: an address for each file, and the link if there is one
 * @param keys as every other node with the same profile takes them
 * @param url a link to the first file; empty unless the user or the profile wants one
 * @param shown where ComfyUI's page finds the files that it can show
 */
record SavedFiles(List<String> lines, List<String> keys, String url, List<Ui.File> shown) {
    /** One of them. */
    record One(ObjectKey key, Optional<Ui.File> shown) {}

    /** @param waiting what the user should know of files that are not in the bucket yet */
    static SavedFiles of(Bucket bucket, List<One> saved, SaveInputs inputs, List<String> waiting) {
        List<String> lines = new ArrayList<>();
        saved.forEach(one -> lines.add(bucket.keys().uri(one.key())));
        String url = "";
        if (inputs.presignUrl() || bucket.profile().publicBaseUrl().isPresent()) {
            url = bucket.link(saved.getFirst().key(), Duration.ofHours(inputs.expiresHours()), Optional.empty());
            lines.add("url: " + url);
        }
        lines.addAll(waiting);
        return new SavedFiles(
                lines,
                saved.stream().map(one -> bucket.keys().show(one.key())).toList(),
                url,
                saved.stream().flatMap(one -> one.shown().stream()).toList());
    }

    /** Outputs {@code key} and {@code url}. */
    NodeResult first(Ui ui) {
        return NodeResult.of(ui, new JsonPrimitive(keys.getFirst()), new JsonPrimitive(url));
    }

    /** Outputs {@code key}, {@code url} and {@code keys}. */
    NodeResult all(Ui ui) {
        JsonArray list = new JsonArray();
        keys.forEach(list::add);
        return NodeResult.of(ui, new JsonPrimitive(keys.getFirst()), new JsonPrimitive(url), list);
    }
}
