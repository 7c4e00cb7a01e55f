package comfybucket.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lines of a head, or of the marks between chunks; all of them together have a limit. */
final class Lines {
    private final Input input;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    private int left;

    /** @param limit in bytes */
    Lines(Input input, int limit) {
        this.input = input;
        this.left = limit;
    }

    /**
     * The next one without its end, which is CR LF or, as the RFC lets readers take it, LF alone. One char for each byte.
     *
     * @throws MalformedReplyException for more than the limit, or a CR or NUL within
     */
    String next() throws IOException {
        line.reset();
        boolean endsWithReturn = false;
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (--left < 0) {
                throw new MalformedReplyException("its head is too long");
            }
            if (endsWithReturn || c == 0) {
                throw new MalformedReplyException("its head holds characters that must not be there");
            }
            endsWithReturn = c == '\r';
            if (!endsWithReturn) {
                line.write(c);
            }
        }
        left--;
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
