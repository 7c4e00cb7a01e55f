package comfybucket.models.folders;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.models.cache.ModelPlace;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The folders of a ComfyUI that models may be put into. What its settings call a model folder is one only if it lies in
 * ComfyUI's own folder of models or was named by somebody who runs this machine in {@code extra_model_paths.yaml}, and if
 * no program is loaded from it.
 */
public final class ModelFolders {
    private final SequencedMap<String, List<Path>> byType = new LinkedHashMap<>();

    /**
     * @param models ComfyUI's own folder of models
     * @param types every type that ComfyUI knows with its folders, the one for new files first
     * @param extra the folders that {@code extra_model_paths.yaml} names
     * @param code where the process loads programs from, {@code custom_nodes} above all
     */
    public ModelFolders(Path models, Map<String, List<Path>> types, List<Path> extra, List<Path> code) {
        FolderRule rule = new FolderRule(models, extra, code);
        types.forEach((type, folders) -> {
            List<Path> allowed = folders.stream().filter(rule::allows).toList();
            if (!ModelTypes.NEVER.contains(type) && !allowed.isEmpty()) {
                byType.put(type, allowed);
            }
        });
    }

    /**
     * Where models of a type lie, and new ones go.
     *
     * @throws CloudException {@link Problem#MODEL_TYPE_UNKNOWN}
     */
    public ModelPlace place(String type) {
        List<Path> folders = byType.get(ModelTypes.current(type));
        if (folders == null) {
            throw new CloudException(
                    Problem.MODEL_TYPE_UNKNOWN, Map.of("type", type, "types", String.join(", ", byType.keySet())));
        }
        return new ModelPlace(folders.getFirst(), folders);
    }

    /** The types and their folders, as far as they are allowed. */
    public SequencedMap<String, List<Path>> byType() {
        return Collections.unmodifiableSequencedMap(byType);
    }

    /** Every folder once. */
    public List<Path> all() {
        return byType.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** The file that ComfyUI would load by this name, in its first folder that has one. */
    public Optional<Path> find(String type, String name) {
        return byType.getOrDefault(ModelTypes.current(type), List.of()).stream()
                .flatMap(folder -> inside(folder, name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Stream<Path> inside(Path folder, String name) {
        try {
            Path relative = Path.of(name).normalize();
            return relative.isAbsolute() || relative.startsWith("..")
                    ? Stream.empty()
                    : Stream.of(folder.resolve(relative));
        } catch (InvalidPathException impossible) {
            return Stream.empty();
        }
    }
}
