package comfybucket.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The file operations that what must survive a crash is made of. They are few, so that a disk that fails or forgets can
 * be put in the place of the real one. No operation follows a link at the end of a path.
 */
public interface Disk {
    /** Makes a file to write and read; {@link FileAlreadyExistsException} when the name is taken. */
    DiskFile create(Path file) throws IOException;

    /** Opens a file to write and read; {@link NoSuchFileException} when there is none. */
    DiskFile open(Path file) throws IOException;

    /** Opens a file to read; {@link NoSuchFileException} when there is none. */
    DiskFile read(Path file) throws IOException;

    /** What has the name now. */
    Optional<FileState> state(Path file) throws IOException;

    /** Whether both names are of one file. */
    boolean same(Path file, Path other) throws IOException;

    /** What is in the folder, in no order. */
    List<Path> list(Path folder) throws IOException;

    /** Makes the folder and those above it where they are not there. */
    void createFolders(Path folder) throws IOException;

    void setModified(Path file, Instant time) throws IOException;

    /**
     * Gives the file a name more, or, where the file system cannot, that name instead; never one that is taken, which is
     * a {@link FileAlreadyExistsException}.
     */
    void publish(Path file, Path name) throws IOException;

    /** Gives the file another name, in place of what has it, at one moment. */
    void replace(Path file, Path name) throws IOException;

    /** Takes the name away; none is no error. */
    void delete(Path file) throws IOException;

    /** Makes the names in the folder outlast a power cut, where the system can be asked for that. */
    void force(Path folder) throws IOException;

    /** How many bytes more the folder can take. */
    long room(Path folder) throws IOException;
}
