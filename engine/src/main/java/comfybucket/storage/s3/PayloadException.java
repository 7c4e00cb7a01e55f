package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.Optional;

/** What is to be uploaded cannot be read: an error of this machine, not of the store. */
final class PayloadException extends UncheckedIOException {
    PayloadException(IOException cause) {
        super(cause);
    }

    CloudException translated() {
        Optional<FileSystemException> file = Failures.cause(this, FileSystemException.class);
        String path = file.map(FileSystemException::getFile).orElse("what was to be uploaded");
        String reason = file.map(FileSystemException::getReason).orElse("no such file, or not ours to read");
        return new CloudException(Problem.FILE_NOT_READABLE, Map.of("path", path, "reason", reason), this);
    }

    static InputStream open(Payload payload) {
        try {
            return payload.open();
        } catch (IOException e) {
            throw new PayloadException(e);
        }
    }
}
