package comfybucket.files;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that only their owner may read, made so whatever the umask is. Where a file system has no POSIX
 * permissions (Windows), the folder around them decides who reads them.
 */
public final class PrivateFiles {
    private static final int PIECE = 1 << 18;

    /** Makes the folder, and those above it that are missing; what is there stays as it is. */
    public static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, permissions(folder, "rwx------"));
    }

    /**
     * A new file, open for writing.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one of that name
     */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions(file, "rw-------"));
    }

    /** All of it, by pieces: the JDK copies what lies on the heap into memory off it, as much as it is given at a time. */
    public static void write(FileChannel channel, MemorySegment bytes) throws IOException {
        for (long at = 0; at < bytes.byteSize(); at += PIECE) {
            write(
                    channel,
                    bytes.asSlice(at, Math.min(PIECE, bytes.byteSize() - at)).asByteBuffer());
        }
    }

    /** All that is left in the buffer. */
    public static void write(FileChannel channel, ByteBuffer rest) throws IOException {
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private static FileAttribute<?>[] permissions(Path place, String mode) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private PrivateFiles() {}
}
