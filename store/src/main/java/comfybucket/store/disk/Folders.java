package comfybucket.store.disk;

import comfybucket.store.disk.RefusedException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The folders between a bucket and its objects: they come with the first object below them and go with the last. */
final class Folders {
    private Folders() {}

    /**
     * Creates what is missing between the bucket's folder and the file, never the bucket's folder itself.
     *
     * @return the folders whose entries change when the file is put in place
     */
    static List<Path> createParents(Path bucket, Path file) throws IOException {
        List<Path> changed = new ArrayList<>(List.of(file.getParent()));
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = file.getParent(); !at.equals(bucket) && !isFolder(at); at = at.getParent()) {
            missing.push(at);
        }
        for (Path folder : missing) {
            create(folder);
            changed.add(folder.getParent());
        }
        return changed;
    }

    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            requireFolder(folder);
        } catch (NoSuchFileException prunedMeanwhile) {
            // What is put in place next fails for the same reason and begins again.
        }
    }

    /** Looks once: a folder that others prune and make anew is never taken for something in the way. */
    private static void requireFolder(Path folder) throws IOException {
        try {
            if (!Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw inTheWay(folder);
            }
        } catch (NoSuchFileException prunedMeanwhile) {
            // As above.
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** A link that somebody put into the folder must not lead out of it. */
    static void requireInside(Path bucket, Path file) throws IOException {
        if (!file.getParent().toRealPath().startsWith(bucket)) {
            throw inTheWay(file.getParent());
        }
    }

    static RefusedException inTheWay(Path path) {
        return new RefusedException(
                Reason.IN_THE_WAY, "Something that is not the store's has the name it needs: " + path.getFileName());
    }

    /** Removes the folder and those around it as long as they are empty. */
    static void prune(Path bucket, Path folder) throws IOException {
        try {
            for (Path at = folder; !at.equals(bucket); at = at.getParent()) {
                Files.delete(at);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException done) {
            // Somebody needs it, or somebody was faster.
        }
    }
}
