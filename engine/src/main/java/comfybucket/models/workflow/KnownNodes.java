package comfybucket.models.workflow;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which inputs of which nodes name models, and of which type: ComfyUI's own loaders (v0.3.64) and ours. A data file, so
 * that a new loader is a line.
 */
final class KnownNodes {
    private static final Map<String, Entry> ALL = read("loaders.json");

    /**
     * @param widgets in the order in which workflows store their values
     * @param models from an input that names a model to the model's type
     */
    record Entry(List<String> widgets, Map<String, String> models) {}

    private record File(Map<String, Entry> nodes) {}

    static Optional<Entry> find(String type) {
        return Optional.ofNullable(ALL.get(type));
    }

    private static Map<String, Entry> read(String resource) {
        try (Reader reader =
                new InputStreamReader(KnownNodes.class.getResourceAsStream(resource), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, File.class).nodes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private KnownNodes() {}
}
