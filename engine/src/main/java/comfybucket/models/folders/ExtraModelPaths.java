package comfybucket.models.folders;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What an {@code extra_model_paths.yaml} says, read as ComfyUI reads it ({@code utils/extra_config.py}, v0.3.64): groups
 * with a {@code base_path}, an {@code is_default}, and for each type its folders, one a line.
 */
public final class ExtraModelPaths {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([^}]*)}|(\\w+))");

    /** @param first whether the folder comes before those that are there already */
    record Entry(String type, Path folder, boolean first) {}

    private final Path folder;
    private final Map<String, String> environment;
    private final List<Entry> entries = new ArrayList<>();

    private ExtraModelPaths(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * @param environment for {@code $NAME} and {@code ~} in a {@code base_path}
     * @throws IOException when the file cannot be read or is not of that form; the message says why
     */
    static List<Entry> read(Path file, Map<String, String> environment) throws IOException {
        ExtraModelPaths paths =
                new ExtraModelPaths(file.toAbsolutePath().normalize().getParent(), environment);
        try (Reader reader = Files.newBufferedReader(file)) {
            Object all = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            if (all instanceof Map<?, ?> groups) {
                groups.values().forEach(paths::group);
            }
        } catch (YAMLException | InvalidPathException unreadable) {
            throw new IOException(unreadable.getMessage().lines().findFirst().orElse("not YAML"), unreadable);
        }
        return paths.entries;
    }

    /** The folders alone; none for a file that cannot be read, as nothing may be put there then. */
    public static List<Path> folders(List<Path> files, Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        for (Path file : files) {
            try {
                read(file, environment).forEach(entry -> folders.add(entry.folder()));
            } catch (IOException unreadable) {
                // ComfyUI would not have started with it.
            }
        }
        return folders;
    }

    private void group(Object group) {
        if (!(group instanceof Map<?, ?> settings)) {
            return;
        }
        Optional<Path> base = Optional.ofNullable(settings.get("base_path"))
                .map(path -> folder.resolve(expanded(path.toString())).normalize());
        boolean first = Boolean.TRUE.equals(settings.get("is_default"));
        settings.forEach((type, lines) -> {
            if (!type.equals("base_path") && !type.equals("is_default") && lines instanceof String text) {
                text.lines()
                        .filter(line -> !line.isEmpty())
                        .forEach(line -> entries.add(new Entry(
                                type.toString(),
                                base.orElse(folder).resolve(line).normalize(),
                                first)));
            }
        });
    }

    /** Variables that are not set stay as they are, as in Python. */
    private String expanded(String path) {
        String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
        String withHome =
                !home.isEmpty() && (path.equals("~") || path.startsWith("~/")) ? home + path.substring(1) : path;
        return VARIABLE.matcher(withHome).replaceAll(match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            return Matcher.quoteReplacement(environment.getOrDefault(name, match.group()));
        });
    }
}
