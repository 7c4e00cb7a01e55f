package comfybucket.files;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * What a name stands for at a moment.
 *
 * @param size in bytes
 * @param regular a file and no folder, link or device
 * @param key what no other file on its file system has at the same time; empty where the system tells nothing of the
 *     kind, as Windows does not
 */
public record FileState(long size, Instant modified, boolean regular, Optional<Object> key) {
    public static FileState of(BasicFileAttributes found) {
        return new FileState(
                found.size(),
                found.lastModifiedTime().toInstant(),
                found.isRegularFile(),
                Optional.ofNullable(found.fileKey()));
    }
}
