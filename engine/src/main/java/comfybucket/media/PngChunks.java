package comfybucket.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Writes a PNG file chunk by chunk. */
final class PngChunks {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Length, type and CRC around a chunk's data. */
    static final int FRAME_BYTES = 12;

    private final ByteArrayOutputStream out;

    PngChunks(int expectedBytes) {
        out = new ByteArrayOutputStream(expectedBytes);
        out.writeBytes(SIGNATURE);
    }

    void add(String type, byte[] data) {
        add(type, data, 0, data.length);
    }

    void add(String type, byte[] data, int from, int length) {
        byte[] name = type.getBytes(ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, from, length);
        number(length);
        out.writeBytes(name);
        out.write(data, from, length);
        number((int) crc.getValue());
    }

    private void number(int value) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
    }

    byte[] file() {
        return out.toByteArray();
    }
}
