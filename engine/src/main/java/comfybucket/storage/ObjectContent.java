package comfybucket.storage;

import comfybucket.error.CloudException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * An open download: what is being read, and its bytes. Closing before the end gives the connection up at once instead
 * of reading the rest.
 *
 * @param info the version that the bytes belong to
 * @param bytes exactly the bytes asked for; reading throws {@link CloudException}, never a bare {@link IOException},
 *     also when the store sends fewer bytes than it announced or their checksum is wrong
 */
public record ObjectContent(ObjectInfo info, InputStream bytes) implements AutoCloseable {
    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
