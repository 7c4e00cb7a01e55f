package comfybucket.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** A PNG file, chunk by chunk. */
final class PngChunks {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Length, type and CRC around a chunk's data. */
    static final int FRAME_BYTES = 12;

    private static final int TYPE_BYTES = 4;

    private record Chunk(String type, ByteBuffer data) {}

    private final List<Chunk> chunks = new ArrayList<>();
    private int length = SIGNATURE.length;

    /** The data is not copied before {@link #file}. */
    void add(String type, ByteBuffer data) {
        chunks.add(new Chunk(type, data));
        length = Math.addExact(length, FRAME_BYTES + data.remaining());
    }

    void add(String type, byte[] data) {
        add(type, ByteBuffer.wrap(data));
    }

    /** The whole file, in an array that fits. */
    byte[] file() {
        ByteBuffer out = ByteBuffer.allocate(length).put(SIGNATURE);
        for (Chunk chunk : chunks) {
            int bytes = chunk.data().remaining();
            out.putInt(bytes);
            int start = out.position();
            out.put(chunk.type().getBytes(ISO_8859_1)).put(chunk.data().duplicate());
            CRC32 crc = new CRC32();
            crc.update(out.array(), start, TYPE_BYTES + bytes);
            out.putInt((int) crc.getValue());
        }
        return out.array();
    }
}
