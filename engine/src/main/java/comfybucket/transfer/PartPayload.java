package comfybucket.transfer;

import comfybucket.storage.ByteRange;
import comfybucket.storage.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A part of a file whose hash is known. What was changed since is not sent again and again, to be refused each time.
 *
 * @param shape of the file when it was hashed
 * @param hash SHA-256 in lower-case hex
 */
record PartPayload(Path file, FileShape shape, ByteRange range, String hash) implements Payload {
    @Override
    public long length() {
        return range.length();
    }

    @Override
    public Optional<String> sha256() {
        return Optional.of(hash);
    }

    @Override
    public InputStream open() throws IOException {
        if (!shape.equals(FileShape.of(file))) {
            throw new FileSystemException(file.toString(), null, "it was changed while it was uploaded");
        }
        return Payload.of(file, range.offset(), range.length()).open();
    }
}
