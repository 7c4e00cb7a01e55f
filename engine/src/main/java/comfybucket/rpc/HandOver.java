package comfybucket.rpc;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pack's hand-over files, mapped into memory. The pack reuses a file for many runs, so a mapping is kept as long as
 * the file has the same length; memory of mappings that fell out of use is given back by the garbage collector, never
 * under a reader's feet.
 */
final class HandOver {
    private static final int KEPT = 4;

    private final Map<Path, MemorySegment> mappings = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, MemorySegment> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * The first {@code bytes} bytes of the file.
     *
     * @throws IOException when the file cannot be read or is shorter than that
     */
    synchronized MemorySegment map(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            if (bytes < 0 || length < bytes) {
                throw new IOException("The hand-over file has " + length + " bytes where " + bytes + " are expected");
            }
            MemorySegment mapping = mappings.get(file);
            if (mapping == null || mapping.byteSize() != length) {
                mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, length, Arena.ofAuto());
                mappings.put(file, mapping);
            }
            return mapping.asSlice(0, bytes);
        }
    }
}
