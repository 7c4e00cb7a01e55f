package comfybucket.models.cache;

import comfybucket.storage.ObjectInfo;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that can be used.
 *
 * @param bytes its size
 * @param object what the store said about it; empty when it was out of reach
 */
record Found(Path path, Outcome outcome, long bytes, Optional<ObjectInfo> object) {}
