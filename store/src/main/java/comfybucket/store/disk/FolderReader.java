package comfybucket.store.disk;

import comfybucket.store.disk.SegmentNames.Kind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads folders; one that is removed meanwhile is empty. */
final class FolderReader {
    private final KeyPaths paths;

    FolderReader(KeyPaths paths) {
        this.paths = paths;
    }

    /**
     * What is in a folder.
     *
     * @param beginning what the segments in it begin with, "" unless it holds the rest of long ones
     * @param above the names that say so, this folder's last
     */
    FolderContents read(Path folder, String beginning, List<String> above) throws IOException {
        FolderContents contents = new FolderContents();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path path : entries) {
                Optional<Boolean> directory = isDirectory(path);
                if (directory.isPresent()) {
                    String name = path.getFileName().toString();
                    paths.read(name, directory.get(), beginning, above)
                            .ifPresent(entry -> add(path, name, entry, above, contents));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException | NotDirectoryException removedMeanwhile) {
            return contents;
        }
        return contents;
    }

    private static void add(Path path, String name, KeyPaths.Entry entry, List<String> above, FolderContents contents) {
        String segment = entry.segment();
        switch (entry.kind()) {
            case BEGINNING -> {
                List<String> names = new ArrayList<>(above);
                names.add(name);
                contents.add(new Listed.Beginning(segment, path, List.copyOf(names)));
            }
            case FOLDER -> contents.add(new ListedItem(segment + "/", path, Kind.FOLDER, entry.ours()));
            case OBJECT -> contents.add(new ListedItem(segment, path, Kind.OBJECT, entry.ours()));
        }
    }

    /** Empty for what is neither a file nor a folder, links included. */
    private static Optional<Boolean> isDirectory(Path path) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory() || attributes.isRegularFile()
                    ? Optional.of(attributes.isDirectory())
                    : Optional.empty();
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    /** Whether any object is in the folder or below it; stops at the first. */
    boolean hasObject(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path path : entries) {
                boolean visible = !path.getFileName().toString().startsWith(".");
                Optional<Boolean> directory = visible ? isDirectory(path) : Optional.empty();
                if (directory.isPresent() && !directory.get()) {
                    return true;
                }
                directory.ifPresent(isFolder -> folders.add(path));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException | NotDirectoryException removedMeanwhile) {
            return false;
        }
        for (Path inner : folders) {
            if (hasObject(inner)) {
                return true;
            }
        }
        return false;
    }
}
