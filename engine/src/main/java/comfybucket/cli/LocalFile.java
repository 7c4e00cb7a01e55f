package comfybucket.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A file of this machine.
 *
 * @param name what its key ends in
 */
record LocalFile(Path path, String name) {
    /**
     * The file that an argument names, or all below the folder that it names. A link that is named itself is followed;
     * links below a folder could lead anywhere, and in circles.
     *
     * @param argument with a {@code /} at its end, the folder's own name is left out
     */
    static void forEach(String argument, Consumer<LocalFile> action) throws IOException {
        Path given = Path.of(argument).toAbsolutePath().normalize();
        if (!Files.isDirectory(given)) {
            action.accept(new LocalFile(given, given.getFileName().toString()));
            return;
        }
        boolean contentOnly = argument.matches("\\.|.*[/\\\\]\\.?") || given.getFileName() == null;
        String start = contentOnly ? "" : given.getFileName() + "/";
        Path folder = given.toRealPath();
        try (Stream<Path> below = Files.walk(folder)) {
            below.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> new LocalFile(file, start + withSlashes(folder.relativize(file))))
                    .forEach(action);
        }
    }

    /** The same of several arguments, by their sizes. */
    static List<LocalFile> smallestFirst(List<String> arguments) throws IOException {
        List<LocalFile> files = new ArrayList<>();
        for (String argument : arguments) {
            forEach(argument, files::add);
        }
        files.sort(Comparator.comparingLong(LocalFile::size));
        return files;
    }

    /** 0 for one that is gone, which the upload will tell. */
    long size() {
        return path.toFile().length();
    }

    private static String withSlashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
