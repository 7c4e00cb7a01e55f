package comfybucket.backup;

import comfybucket.browse.Glob;
import comfybucket.profile.AutoBackup;
import java.nio.file.Path;
import java.util.List;

/** Which of the files below a folder are backed up. */
final class Wanted {
    private final Path root;
    private final List<Glob> include;
    private final List<Glob> exclude;
    private final List<Path> apart;

    /**
     * @param apart what is never backed up: the bucket of a Local profile may lie in the folder that it is the backup of
     * @throws comfybucket.error.CloudException when a pattern cannot be used
     */
    Wanted(Path root, AutoBackup settings, List<Path> apart) {
        this.root = root;
        this.include = settings.include().stream().map(Glob::of).toList();
        this.exclude = settings.exclude().stream().map(Glob::of).toList();
        this.apart = List.copyOf(apart);
    }

    boolean has(Path file) {
        String name = name(file);
        return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(name)))
                && exclude.stream().noneMatch(glob -> glob.matches(name))
                && apart.stream().noneMatch(file::startsWith);
    }

    /** Relative to the folder, with {@code /} on every system. */
    String name(Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }
}
