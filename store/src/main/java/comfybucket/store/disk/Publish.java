package comfybucket.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Gives a finished file its final name, whole or not at all. Source and target lie on one file system. */
final class Publish {
    private Publish() {}

    /**
     * Moves the file to a name that nobody has.
     *
     * @throws FileAlreadyExistsException when somebody has it; the source is then where it was
     */
    static void createOnly(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source); // fails when the target exists, on every system and across processes
        } catch (FileAlreadyExistsException | java.nio.file.NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            withoutLinks(source, target);
            return;
        }
        Files.delete(source);
    }

    /** For file systems without hard links (FAT, exFAT). Callers hold the key's lock, which makes it exact there too. */
    static void withoutLinks(Path source, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    static void replace(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forces a directory's entries to disk. Windows opens no directories, and writes their entries through. */
    static void forceDirectory(Path directory) throws IOException {
        if (java.io.File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
