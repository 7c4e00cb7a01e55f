package comfybucket.node;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a node gives back.
 *
 * @param outputs values in the order of the node's outputs; an output that the pack makes from {@code file} is not here
 * @param file what a load node read, for the pack to decode and delete
 */
public record NodeResult(List<JsonElement> outputs, Ui ui, Optional<LoadedFile> file) {
    /**
     * @param name the last segment of the object's key
     * @param identity changes when the object changes; equal to what {@link Nodes#identity} gives for it
     */
    public record LoadedFile(Path path, String name, String identity) {}

    public NodeResult {
        outputs = List.copyOf(outputs);
    }

    static NodeResult of(Ui ui, JsonElement... outputs) {
        return new NodeResult(List.of(outputs), ui, Optional.empty());
    }
}
