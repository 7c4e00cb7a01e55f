package comfybucket.models.cache;

import java.nio.file.Path;
import java.util.List;

/**
 * Where models of one type lie.
 *
 * @param folder what is downloaded goes here; it is made when it is not there
 * @param folders all folders of the type, {@code folder} among them, in the order in which ComfyUI looks for a name
 */
public record ModelPlace(Path folder, List<Path> folders) {
    public ModelPlace {
        folders = List.copyOf(folders);
        if (!folders.contains(folder)) {
            throw new IllegalArgumentException(folder + " is none of " + folders);
        }
    }

    public static ModelPlace of(Path folder) {
        return new ModelPlace(folder, List.of(folder));
    }
}
