package comfybucket.node;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The ComfyUI that this engine serves: its folders, as the pack has told them. On a terminal there is none and all are
 * empty.
 *
 * @param user the folder for secrets that ComfyUI does not serve over HTTP
 * @param profilesFile where the pack wants {@code profiles.json} to be
 */
public record Host(
        Optional<Path> output,
        Optional<Path> temp,
        Optional<Path> input,
        Optional<Path> user,
        Optional<Path> profilesFile) {
    public static final Host NONE =
            new Host(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
