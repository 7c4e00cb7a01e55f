package comfybucket.node;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A finished file that the pack has made of a sound or a video. It lies in a folder that is the run's own; the pack
 * removes what is left there after the run.
 *
 * @param path its ending is the format's
 * @param width in pixels; empty for sounds
 * @param height in pixels; empty for sounds
 */
public record MadeFile(Path path, OptionalInt width, OptionalInt height) {
    /** Without its dot. */
    String extension() {
        String name = path.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
