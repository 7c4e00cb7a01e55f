package comfybucket.error;

import java.util.Locale;

/** How to set an environment variable on the user's own system: the {@code {shell}} of a {@link Problem}. */
public enum ShellLine {
    LINUX("Run: export %s=\"%s\" (add it to ~/.bashrc to keep it) and restart ComfyUI"),
    MACOS("Run: export %s=\"%s\" (add it to ~/.zshrc to keep it) and restart ComfyUI"),
    WINDOWS("Run: setx %1$s \"%2$s\" (or, for this window of PowerShell only: $env:%1$s=\"%2$s\") and restart ComfyUI");

    private final String line;

    ShellLine(String line) {
        this.line = line;
    }

    /**
     * The line's form for an operating system.
     *
     * @param osName as the system property {@code os.name} has it; everything unknown is taken for a kind of Linux
     */
    public static ShellLine of(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("mac") ? MACOS : LINUX;
    }

    /**
     * The words that tell how to set {@code variable}, without a full stop.
     *
     * @param placeholder what stands for the user's own value, such as {@code <your-key-id>}
     */
    public String set(String variable, String placeholder) {
        return line.formatted(variable, placeholder);
    }
}
