package comfybucket.http;

import java.io.EOFException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body in chunks (RFC 9112, 7.1). What follows the last one is read and thrown away. */
final class ChunkedBody extends ReplyBody {
    private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");
    private static final int LINE_LIMIT = 1 << 12;
    private static final int TRAILER_LIMIT = 1 << 16;

    private final Input input;
    private boolean begun;
    private long left;

    ChunkedBody(Input input, Lease lease) {
        super(lease);
        this.input = input;
    }

    @Override
    int readSome(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            left = nextSize();
        }
        if (left == 0) {
            ReplyHead.readHeaders(new Lines(input, TRAILER_LIMIT));
            end();
            return -1;
        }
        int count = input.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The answer ends within a chunk");
        }
        left -= count;
        return count;
    }

    private long nextSize() throws IOException {
        Lines lines = new Lines(input, LINE_LIMIT);
        if (begun && !lines.next().isEmpty()) {
            throw new MalformedReplyException("a chunk is longer than it says");
        }
        begun = true;
        Matcher size = SIZE.matcher(lines.next());
        if (!size.matches()) {
            throw new MalformedReplyException("a chunk does not say how long it is");
        }
        return Long.parseLong(size.group(1), 16);
    }
}
