package comfybucket.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes files and folders that only their owner may use, from their first moment on. Where a file system has no POSIX
 * permissions (Windows), the folder above decides.
 */
public final class OwnerOnly {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final String FILE = "rw-------";
    private static final String FOLDER = "rwx------";

    /** For methods of {@link Files} that create a file. */
    public static FileAttribute<?>[] file() {
        return attributes(FILE);
    }

    /** For methods of {@link Files} that create folders. */
    public static FileAttribute<?>[] folder() {
        return attributes(FOLDER);
    }

    /** Takes a file that is there from everybody else. */
    public static void makeFile(Path file) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE));
        }
    }

    /** Makes a folder and those above it, or takes one that is there from everybody else. */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, folder());
        if (POSIX) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
        }
    }

    private static FileAttribute<?>[] attributes(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private OwnerOnly() {}
}
