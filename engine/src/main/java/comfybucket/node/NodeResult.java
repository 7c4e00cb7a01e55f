package comfybucket.node;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Optional;

/**
 * What a node gives back.
 *
 * @param outputs values in the order of the node's outputs; an output that the pack makes of {@code files} is not here
 * @param files what a load node read. A list among {@code outputs} has an item for each of them, which the pack leaves out
 *     again with a file that it cannot read
 * @param identity of what a load node read: changes when that changes, and is equal to what {@link Nodes#identity} gives
 *     for it
 */
public record NodeResult(List<JsonElement> outputs, Ui ui, List<LoadedFile> files, Optional<String> identity) {
    public NodeResult {
        outputs = List.copyOf(outputs);
        files = List.copyOf(files);
    }

    static NodeResult of(Ui ui, JsonElement... outputs) {
        return new NodeResult(List.of(outputs), ui, List.of(), Optional.empty());
    }

    static NodeResult loaded(List<LoadedFile> files, String identity, Ui ui, JsonElement... outputs) {
        return new NodeResult(List.of(outputs), ui, files, Optional.of(identity));
    }
}
