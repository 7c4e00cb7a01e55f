package comfybucket.models.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides about one folder, by where it really is: links are followed. A link inside ComfyUI's folder of models may lead
 * to another disk, which is how people make room, but not to a folder of programs.
 */
final class FolderRule {
    /** What Python makes of a folder, or finds in it, when it loads programs from there. */
    private static final List<String> MARKS_OF_PROGRAMS = List.of("__init__.py", "__pycache__");

    private final List<Path> roots = new ArrayList<>();
    private final List<Path> code;

    FolderRule(Path models, List<Path> extra, List<Path> code) {
        Path own = models.toAbsolutePath().normalize();
        this.roots.add(own);
        extra.forEach(folder -> roots.add(folder.toAbsolutePath().normalize()));
        Path realModels = real(own);
        this.code = code.stream()
                .map(FolderRule::real)
                // ComfyUI's own folder is one that Python looks into, and the models lie in it.
                .filter(folder -> !realModels.startsWith(folder))
                .toList();
    }

    boolean allows(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        Path real = real(place);
        boolean inRoot = roots.stream().anyMatch(root -> place.startsWith(root) || real.startsWith(real(root)));
        return inRoot
                && code.stream().noneMatch(real::startsWith)
                && MARKS_OF_PROGRAMS.stream()
                        .noneMatch(mark -> Files.exists(real.resolve(mark), LinkOption.NOFOLLOW_LINKS));
    }

    /** With links followed as far as the folders exist. */
    static Path real(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException | InvalidPathException missing) {
            Path parent = absolute.getParent();
            return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
        }
    }
}
