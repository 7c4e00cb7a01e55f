package comfybucket.models.cache;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A model that is there for use.
 *
 * @param path where it is
 * @param name relative to the folder of its type, in the system's own separators: as ComfyUI's loaders list it
 * @param bytes its size
 * @param duration how long the fetch took
 */
public record ModelFile(Path path, String name, Outcome outcome, long bytes, Duration duration) {}
