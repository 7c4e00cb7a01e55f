package comfybucket.models.folders;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;

/** A ComfyUI on this machine that need not run: its model folders as it would find them at its start. */
public final class Installation {
    private static final String EXTRA_MODEL_PATHS = "extra_model_paths.yaml";

    private final Path models;
    private final SequencedMap<String, List<Path>> types;
    private final List<Path> extra = new ArrayList<>();

    private Installation(Path models) {
        this.models = models;
        this.types = types(models);
    }

    /** The folders of types below a folder, without a ComfyUI around them. */
    public static ModelFolders models(Path models) {
        return new Installation(models).folders(List.of());
    }

    /**
     * @param comfyui the folder with ComfyUI's {@code models} in it
     * @param configurations more files like ComfyUI's own {@code extra_model_paths.yaml}, which is read first
     * @throws CloudException {@link Problem#FILE_NOT_READABLE}
     */
    public static ModelFolders comfyui(Path comfyui, List<Path> configurations, Map<String, String> environment) {
        Installation installation = new Installation(comfyui.resolve("models"));
        Path own = comfyui.resolve(EXTRA_MODEL_PATHS);
        if (Files.isRegularFile(own)) {
            installation.add(own, environment);
        }
        configurations.forEach(file -> installation.add(file, environment));
        List<Path> code = new ArrayList<>(installation.types.getOrDefault("custom_nodes", List.of()));
        code.add(comfyui.resolve("custom_nodes"));
        return installation.folders(code);
    }

    private ModelFolders folders(List<Path> code) {
        return new ModelFolders(models, types, extra, code);
    }

    private void add(Path file, Map<String, String> environment) {
        try {
            ExtraModelPaths.read(file, environment).forEach(this::add);
        } catch (IOException unreadable) {
            throw new CloudException(
                    Problem.FILE_NOT_READABLE,
                    Map.of("path", file.toString(), "reason", String.valueOf(unreadable.getMessage())));
        }
    }

    private void add(ExtraModelPaths.Entry entry) {
        extra.add(entry.folder());
        List<Path> folders = types.computeIfAbsent(ModelTypes.current(entry.type()), type -> new ArrayList<>());
        if (entry.first()) {
            folders.remove(entry.folder());
            folders.addFirst(entry.folder());
        } else if (!folders.contains(entry.folder())) {
            folders.add(entry.folder());
        }
    }

    /** ComfyUI's own, and whatever else has a folder there: node packs and newer versions add types. */
    private static SequencedMap<String, List<Path>> types(Path models) {
        SequencedMap<String, List<Path>> types = new LinkedHashMap<>();
        ModelTypes.folders()
                .forEach((type, names) -> types.put(
                        type,
                        new ArrayList<>(names.stream().map(models::resolve).toList())));
        TreeSet<Path> others = new TreeSet<>();
        if (Files.isDirectory(models)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(models, Files::isDirectory)) {
                entries.forEach(others::add);
            } catch (IOException unreadable) {
                throw new CloudException(
                        Problem.FILE_NOT_READABLE,
                        Map.of(
                                "path", models.toString(),
                                "reason", unreadable.getClass().getSimpleName()),
                        unreadable);
            }
        }
        for (Path folder : others) {
            if (types.values().stream().noneMatch(folders -> folders.contains(folder))) {
                types.put(folder.getFileName().toString(), new ArrayList<>(List.of(folder)));
            }
        }
        return types;
    }
}
