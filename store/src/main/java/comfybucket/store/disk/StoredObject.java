package comfybucket.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * An object, opened: bytes and metadata of one and the same version, whatever is written meanwhile.
 *
 * @param size bytes
 * @param modified when it was written
 */
public record StoredObject(FileChannel file, long size, Instant modified, ObjectMeta meta) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        file.close();
    }
}
