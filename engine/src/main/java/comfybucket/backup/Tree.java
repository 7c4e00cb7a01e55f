package comfybucket.backup;

import comfybucket.files.FileState;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The files below a folder at one look. Links are not followed, and what begins with a dot is passed over, as programs
 * keep there what is no result.
 *
 * @param folders all of them, the folder itself among them
 */
record Tree(SequencedMap<Path, FileState> files, List<Path> folders) {
    static Tree below(Path root) throws IOException {
        Tree tree = new Tree(new TreeMap<>(), new ArrayList<>());
        if (Files.isDirectory(root)) {
            Files.walkFileTree(root, tree.new Visitor(root));
        }
        return tree;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;

        private Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(root) && isHidden(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            folders.add(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file)) {
                files.put(file, FileState.of(attributes));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static boolean isHidden(Path place) {
        return place.getFileName().toString().startsWith(".");
    }
}
