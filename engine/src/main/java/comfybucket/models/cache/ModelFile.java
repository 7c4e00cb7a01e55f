package comfybucket.models.cache;

import comfybucket.storage.ObjectInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A model that is there for use.
 *
 * @param path where it is
 * @param name relative to the folder of its type, in the system's own separators: as ComfyUI's loaders list it
 * @param bytes its size
 * @param duration how long the fetch took
 * @param object what the store said about it during the fetch; empty when the store was out of reach
 */
public record ModelFile(
        Path path, String name, Outcome outcome, long bytes, Duration duration, Optional<ObjectInfo> object) {}
