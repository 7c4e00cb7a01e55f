import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * An object that nobody has uploaded: its key {@code made/<bytes>-<anything>} says how long it is. It is a safetensors
 * file with one tensor, whose bytes are made up when they are wanted.
 */
record SinkObject(long size) {
    private static final Pattern PATH = Pattern.compile("/[^/]+/made/([0-9]+)-.*");
    private static final int HEADER = 128;
    /** What every object consists of behind its header, over and over. */
    private static final byte[] BLOCK = block();

    private static final Map<SinkObject, String> CHECKSUMS = new ConcurrentHashMap<>();

    static Optional<SinkObject> find(String path) {
        Matcher made = PATH.matcher(path);
        return made.matches() ? Optional.of(new SinkObject(Long.parseLong(made.group(1)))) : Optional.empty();
    }

    private static byte[] block() {
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        return block;
    }

    /** The answer to HEAD or GET, whole or a range. */
    void answer(SinkRequest request, OutputStream out) throws IOException {
        long first = 0;
        long end = size;
        Matcher range = Pattern.compile("bytes=([0-9]+)-([0-9]*)").matcher(request.header("range"));
        boolean part = range.matches();
        if (part) {
            first = Long.parseLong(range.group(1));
            end = range.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(range.group(2)) + 1);
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + (part ? "206 Partial Content" : "200 OK"));
        head.append("\r\nContent-Type: application/octet-stream\r\nAccept-Ranges: bytes\r\nContent-Length: " + (end - first));
        head.append("\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nETag: \"made-" + size + "\"\r\n");
        if (part) {
            head.append("Content-Range: bytes " + first + "-" + (end - 1) + "/" + size + "\r\n");
        }
        if (!part && !request.header("x-amz-checksum-mode").isEmpty()) {
            head.append("x-amz-checksum-crc32c: " + CHECKSUMS.computeIfAbsent(this, SinkObject::checksum));
            head.append("\r\nx-amz-checksum-type: FULL_OBJECT\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        if (request.method().equals("GET")) {
            write(first, end, out);
        }
    }

    private void write(long first, long end, OutputStream out) throws IOException {
        byte[] header = header();
        long position = first;
        if (position < HEADER) {
            int count = (int) Math.min(HEADER - position, end - position);
            out.write(header, (int) position, count);
            position += count;
        }
        while (position < end) {
            int start = (int) (position % BLOCK.length);
            int count = (int) Math.min(BLOCK.length - start, end - position);
            out.write(BLOCK, start, count);
            position += count;
        }
    }

    private byte[] header() {
        byte[] header = new byte[HEADER];
        Arrays.fill(header, (byte) ' ');
        long bytes = size - HEADER;
        String json = "{\"made\":{\"dtype\":\"U8\",\"shape\":[" + bytes + "],\"data_offsets\":[0," + bytes + "]}}";
        ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(HEADER - Long.BYTES).put(json.getBytes(StandardCharsets.US_ASCII));
        return header;
    }

    private String checksum() {
        CRC32C crc = new CRC32C();
        try {
            write(0, size, new OutputStream() {
                @Override
                public void write(int one) {
                    crc.update(one);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    crc.update(bytes, offset, length);
                }
            });
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(value);
    }
}
