package comfybucket.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * EXIF in and out of a WebP file, a RIFF container (RFC 9649).
 *
 * <p>ComfyUI's page reads chunks without RIFF's padding of odd ones (1.27.10 at least) and misses the EXIF behind a chunk of
 * odd length. The padding is therefore counted as part of such a chunk; decoders do not look behind a chunk's data.
 */
final class WebpContainer {
    private static final int FILE_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int VP8X_BYTES = 10;
    private static final int HAS_EXIF = 0x08;

    private WebpContainer() {}

    /** Bytes {@code start} to {@code end} of the file are the chunk's data. */
    private record Chunk(String type, int start, int end) {}

    /** The file with {@code exif} (a TIFF block) as its last chunk. */
    static byte[] withExif(byte[] webp, byte[] exif, int width, int height) {
        List<Chunk> chunks = chunks(webp);
        byte[] header = header(webp, chunks.getFirst(), width, height);
        header[0] |= HAS_EXIF;
        ByteArrayOutputStream out = new ByteArrayOutputStream(webp.length + exif.length + 64);
        out.write(webp, 0, FILE_HEADER_BYTES);
        add("VP8X", header, 0, header.length, out);
        for (Chunk chunk : chunks) {
            if (!chunk.type().equals("VP8X")) {
                add(chunk.type(), webp, chunk.start(), chunk.end(), out);
            }
        }
        add("EXIF", exif, 0, exif.length, out);
        byte[] file = out.toByteArray();
        littleEndian(file).putInt(4, file.length - CHUNK_HEADER_BYTES);
        return file;
    }

    /** The extended header: flags, three reserved bytes, then width - 1 and height - 1 in 24 bits each. */
    private static byte[] header(byte[] webp, Chunk first, int width, int height) {
        if (first.type().equals("VP8X")) {
            return Arrays.copyOfRange(webp, first.start(), first.end());
        }
        byte[] header = new byte[4 + Long.BYTES];
        littleEndian(header).putLong(4, (width - 1) | (height - 1L) << 24);
        return Arrays.copyOf(header, VP8X_BYTES);
    }

    private static void add(String type, byte[] from, int start, int end, ByteArrayOutputStream out) {
        int padding = (end - start) & 1;
        byte[] length = new byte[Integer.BYTES];
        littleEndian(length).putInt(end - start + padding);
        out.writeBytes(type.getBytes(US_ASCII));
        out.writeBytes(length);
        out.write(from, start, end - start);
        out.writeBytes(new byte[padding]);
    }

    /** The EXIF chunk as a TIFF block, if there is one. */
    static Optional<byte[]> exif(byte[] webp) {
        return chunks(webp).stream()
                .filter(chunk -> chunk.type().equals("EXIF"))
                .map(chunk -> Arrays.copyOfRange(webp, chunk.start(), chunk.end()))
                .findFirst();
    }

    /** The chunks that are whole. */
    private static List<Chunk> chunks(byte[] webp) {
        List<Chunk> chunks = new ArrayList<>();
        int at = FILE_HEADER_BYTES;
        while (at + CHUNK_HEADER_BYTES <= webp.length) {
            int start = at + CHUNK_HEADER_BYTES;
            long end = start + Integer.toUnsignedLong(littleEndian(webp).getInt(at + 4));
            if (end > webp.length) {
                break;
            }
            chunks.add(new Chunk(new String(webp, at, 4, US_ASCII), start, (int) end));
            at = (int) (end + (end & 1));
        }
        return chunks;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
