package comfybucket.profile;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The ComfyUI that {@code install} put the pack into, so that a terminal finds the profiles that its nodes use. It is
 * remembered in {@code comfyui.json} in the system's folder for settings, as {@code {"secrets": "<folder>"}}: the folder
 * that this ComfyUI keeps for us and does not serve over HTTP.
 */
public final class InstalledComfyUI {
    private static final String FILE = "comfyui.json";

    /** Empty where none is remembered, or the remembered one is gone: a hint that cannot be followed is none. */
    public static Optional<Path> secrets(Machine machine) {
        Path file = machine.configFolder().resolve(FILE);
        try {
            JsonElement root = JsonParser.parseString(Files.readString(file));
            return Optional.of(Path.of(root.getAsJsonObject().get("secrets").getAsString()))
                    .filter(folder -> folder.isAbsolute() && folder.getParent() != null)
                    .filter(folder -> Files.isDirectory(folder.getParent()));
        } catch (IOException
                | JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | NullPointerException
                | InvalidPathException unusable) {
            return Optional.empty();
        }
    }

    private InstalledComfyUI() {}
}
