package comfybucket.models.safety;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What follows an instruction of a pickle: numbers, lines and counted bytes. */
final class PickleInput {
    /** Bytes; no name that is allowed is anywhere near as long. */
    private static final int LONGEST_TEXT = 128;

    /** Bytes; the numbers of protocol 0 are written out and may have many digits. */
    private static final int LONGEST_LINE = 1 << 20;

    private final InputStream in;

    PickleInput(InputStream in) {
        this.in = in;
    }

    /** The next byte, or −1 at the end. */
    int next() throws IOException {
        return in.read();
    }

    /** Unsigned; −1 stands for what does not fit into 63 bits. */
    long number(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) existing() << (Byte.SIZE * i);
        }
        return value < 0 ? -1 : value;
    }

    void skip(long count) throws IOException {
        if (count < 0) {
            throw new UnfitException("holds a pickle that is damaged");
        }
        in.skipNBytes(count);
    }

    /** Up to the end of the line; empty when it is longer than any name. */
    Optional<String> line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int length = 0; ; length++) {
            int next = existing();
            if (next == '\n') {
                return line.length() > LONGEST_TEXT ? Optional.empty() : Optional.of(line.toString());
            }
            if (length == LONGEST_LINE) {
                throw new UnfitException("holds a pickle that is damaged");
            }
            line.append((char) next);
        }
    }

    /** So many bytes as text; empty when they are longer than any name. */
    Optional<String> text(long length) throws IOException {
        if (length < 0 || length > LONGEST_TEXT) {
            skip(length);
            return Optional.empty();
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        // Names that are allowed are plain ASCII; whatever else comes out of this is not among them.
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private int existing() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }
}
