package comfybucket.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that only its owner may read, so that at any moment the old one or the new one is there. Where a file
 * system has no POSIX permissions (Windows), its folder decides who reads it.
 */
public final class PrivateFile {
    private PrivateFile() {}

    /** Replaces what a link leads to, not the link. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder, OwnerOnly.folder());
        Path temporary = Files.createTempFile(folder, ".writing-", ".tmp", OwnerOnly.file());
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        Folders.force(folder);
    }
}
