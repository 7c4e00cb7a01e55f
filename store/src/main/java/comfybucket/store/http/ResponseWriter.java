package comfybucket.store.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the responses of one connection. Head and beginning of the body leave in one packet. */
final class ResponseWriter {
    /** RFC 9110 5.6.7; {@link DateTimeFormatter#RFC_1123_DATE_TIME} would write days with one digit. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private static final int SMALL = 16 << 10;
    private static final int LARGE = 256 << 10;

    private final Wire wire;
    private ByteBuffer large;

    ResponseWriter(Wire wire) {
        this.wire = wire;
    }

    /** @param headOnly whether the request was HEAD: the headers say what a GET would, and no body follows */
    void write(Response response, boolean keepAlive, boolean headOnly) throws IOException {
        switch (response.body()) {
            case Body.Bytes(byte[] bytes) -> {
                String length = headOnly && response.headers().containsKey("Content-Length")
                        ? response.headers().get("Content-Length")
                        : Integer.toString(bytes.length);
                byte[] head = head(response, keepAlive, "Content-Length: " + length);
                ByteBuffer all = ByteBuffer.allocate(head.length + bytes.length).put(head);
                wire.write((headOnly ? all : all.put(bytes)).flip());
            }
            case Body.FileRange(FileChannel file, long position, long length) -> {
                try (file) {
                    byte[] head = head(response, keepAlive, "Content-Length: " + length);
                    send(head, file, position, headOnly ? 0 : length);
                }
            }
            case Body.Stream(Body.Writer writer) -> {
                wire.write(ByteBuffer.wrap(head(response, keepAlive, "Transfer-Encoding: chunked")));
                if (!headOnly) {
                    writer.writeTo(new Chunks());
                    wire.write(ByteBuffer.wrap("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                }
            }
        }
    }

    private static byte[] head(Response response, boolean keepAlive, String framing) {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(response.status()).append(' ');
        head.append(Reasons.of(response.status())).append("\r\n");
        head.append("Date: ")
                .append(HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append("\r\n");
        response.headers().forEach((name, value) -> {
            if (!name.equals("Content-Length")) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        if (response.status() != 204 && response.status() != 304) {
            head.append(framing).append("\r\n");
        }
        head.append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void send(byte[] head, FileChannel file, long position, long length) throws IOException {
        ByteBuffer bytes = buffer(head.length + length).put(head);
        long at = position;
        long end = position + length;
        while (at < end) {
            bytes.limit((int) Math.min(bytes.capacity(), bytes.position() + end - at));
            int count = file.read(bytes, at);
            if (count < 0) {
                throw new IOException("The file has become shorter while it was sent.");
            }
            at += count;
            if (!bytes.hasRemaining() && at < end) {
                wire.write(bytes.flip());
                bytes.clear();
            }
        }
        wire.write(bytes.flip());
    }

    /** Empty; large ones are outside the heap, where files and sockets take them without a copy, and are kept. */
    private ByteBuffer buffer(long needed) {
        if (needed <= SMALL) {
            return ByteBuffer.allocate((int) needed);
        }
        if (large == null) {
            large = ByteBuffer.allocateDirect(LARGE);
        }
        return large.clear();
    }

    /** Each write becomes a chunk and leaves at once. */
    private final class Chunks extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                ByteBuffer chunk = ByteBuffer.allocate(size.length + length + 2);
                chunk.put(size).put(bytes, offset, length).put((byte) '\r').put((byte) '\n');
                wire.write(chunk.flip());
            }
        }
    }
}
