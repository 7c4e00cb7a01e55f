package comfybucket.files;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What a name stands for at a moment. Two files of one name differ in this, as a rule even if they have one size and time.
 *
 * @param size in bytes
 * @param created when the file was made; where the file system does not keep that, the same as {@code modified}
 * @param regular a file and no folder, link or device
 */
public record FileState(long size, Instant modified, Instant created, boolean regular) {
    public static FileState of(BasicFileAttributes found) {
        return new FileState(
                found.size(),
                found.lastModifiedTime().toInstant(),
                found.creationTime().toInstant(),
                found.isRegularFile());
    }
}
