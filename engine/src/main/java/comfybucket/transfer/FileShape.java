package comfybucket.transfer;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** By what a file shows that it was changed. */
record FileShape(long size, FileTime modified) {
    /** @throws CloudException {@link Problem#FILE_NOT_READABLE} */
    static FileShape of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw FileHash.notReadable(file, "it is no file");
            }
            return new FileShape(attributes.size(), attributes.lastModifiedTime());
        } catch (IOException unreadable) {
            throw FileHash.notReadable(file, unreadable.getClass().getSimpleName());
        }
    }
}
