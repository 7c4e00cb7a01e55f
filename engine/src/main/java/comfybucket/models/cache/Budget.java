package comfybucket.models.cache;

import java.nio.file.Path;
import java.util.List;

/**
 * How much disk downloaded models may take.
 *
 * @param bytes of all models together that we downloaded
 * @param folders all model folders, whatever their type, that count and that room is made in
 */
public record Budget(long bytes, List<Path> folders) {
    public Budget {
        folders = List.copyOf(folders);
    }
}
