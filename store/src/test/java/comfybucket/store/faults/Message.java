package comfybucket.store.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A request or an answer, whole in memory, without a transfer coding. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(Head head, byte[] body) {
    /** The body that follows a head. */
    static Message read(Head head, InputStream in) throws IOException {
        if (!head.isChunked()) {
            byte[] body = in.readNBytes(Math.toIntExact(head.length()));
            if (body.length < head.length()) {
                throw new EOFException("The body ended after " + body.length + " bytes");
            }
            return new Message(head, body);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        for (String trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
            // Dropped with the coding that it belongs to.
        }
        return new Message(head.without("Transfer-Encoding"), new byte[0]).withBody(body.toByteArray());
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", -1)[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("A chunk ended early");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** An answer of our own. */
    static Message answer(int status, String contentType, String body) {
        Head head = new Head(List.of("HTTP/1.1 " + status + " " + status, "Content-Type: " + contentType));
        return new Message(head, new byte[0]).withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    Message withHead(Head other) {
        return new Message(other, body);
    }

    Message withBody(byte[] other) {
        return new Message(head.with("Content-Length", Integer.toString(other.length)), other);
    }

    /** With one bit of the body turned over. */
    Message flipped(int bit) {
        byte[] damaged = body.clone();
        damaged[bit / 8] ^= (byte) (1 << (bit % 8));
        return new Message(head, damaged);
    }

    byte[] bytes() {
        byte[] start = head.bytes();
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
