package comfybucket.naming;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Counts in a file, so that the numbers go on in the next process. Two processes that ask at the same moment get the same
 * number, and a file that is lost or cannot be written costs the numbers of before: they are a hint. That is why nothing
 * is forced to disk.
 */
final class FileCounters implements Counters {
    private static final System.Logger LOG = System.getLogger("comfybucket");
    private static final int MAX_SERIES = 1000;

    private final Path file;
    /** The series that were used last are the last ones. */
    private final Map<String, Long> next = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_SERIES;
        }
    };

    FileCounters(Path file) {
        this.file = file;
    }

    @Override
    public synchronized long reserve(String series, int count) {
        read();
        long first = next.getOrDefault(series, 1L);
        next.put(series, first + count);
        write();
        return first;
    }

    /** What other processes have used meanwhile. */
    private void read() {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
                next.merge(entry.getKey(), entry.getValue().getAsLong(), Math::max);
            }
        } catch (IOException | RuntimeException unusable) {
            // It goes on with what this process knows.
        }
    }

    private void write() {
        JsonObject json = new JsonObject();
        next.forEach(json::addProperty);
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            PrivateFiles.createFolders(file.toAbsolutePath().getParent());
            try (FileChannel channel = PrivateFiles.create(fresh)) {
                PrivateFiles.write(channel, ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.UTF_8)));
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            var _ = fresh.toFile().delete();
            LOG.log(System.Logger.Level.DEBUG, "The numbers of names are not kept: {0}", unwritable.toString());
        }
    }
}
