package comfybucket.node;

import java.nio.file.Path;

/**
 * An object on this machine, for the pack to read and leave alone.
 *
 * @param uri what texts for users call the object
 */
public record LoadedFile(Path path, String uri) {}
