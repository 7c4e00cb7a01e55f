package comfybucket.profile;

import comfybucket.error.ShellLine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What settings depend on beside their files.
 *
 * @param environment the process's variables; they hold secrets, so they are never printed
 * @param osName the system property {@code os.name}
 * @param home the user's own folder
 */
public record Machine(Map<String, String> environment, String osName, Path home) {
    private static final String FOLDER = "comfy-bucket";

    public Machine {
        environment = Map.copyOf(environment);
    }

    /** This one, as this process sees it. */
    public static Machine ofThisProcess() {
        return new Machine(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    public ShellLine shell() {
        return ShellLine.of(osName);
    }

    /** Where the system wants settings of ours to be; it need not exist. */
    public Path configFolder() {
        Path parent = switch (shell()) {
            case LINUX -> folder("XDG_CONFIG_HOME").orElse(home.resolve(".config"));
            case MACOS -> home.resolve("Library").resolve("Application Support");
            case WINDOWS -> folder("APPDATA").orElse(home.resolve("AppData").resolve("Roaming"));
        };
        return parent.resolve(FOLDER);
    }

    /** Where the system wants files of ours to be that are worth keeping; it need not exist. */
    public Path dataFolder() {
        Path parent = switch (shell()) {
            case LINUX -> folder("XDG_DATA_HOME").orElse(home.resolve(".local").resolve("share"));
            case MACOS -> home.resolve("Library").resolve("Application Support");
            case WINDOWS ->
                folder("LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
        };
        return parent.resolve(FOLDER);
    }

    /** Where the system wants files of ours to be that cost nothing but time when they are lost; it need not exist. */
    public Path cacheFolder() {
        Path parent = switch (shell()) {
            case LINUX -> folder("XDG_CACHE_HOME").orElse(home.resolve(".cache"));
            case MACOS -> home.resolve("Library").resolve("Caches");
            case WINDOWS ->
                folder("LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
        };
        return parent.resolve(FOLDER);
    }

    /** Where it is kept what stores have shown about themselves. */
    public Path storesFolder() {
        return cacheFolder().resolve("stores");
    }

    /** A variable's value; a variable that is empty or blank is taken as not set, as shells make it easy to leave one. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** A path as people write it. */
    Path path(String text) {
        return text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    }

    /** A folder that a variable names; the XDG specification has relative ones ignored. */
    private Optional<Path> folder(String variable) {
        return variable(variable).map(Path::of).filter(Path::isAbsolute);
    }

    @Override
    public String toString() {
        return "Machine[" + osName + "]";
    }
}
