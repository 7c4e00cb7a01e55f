package comfybucket.http;

import java.io.EOFException;
import java.io.IOException;

/** A body of known length. The connection is free with its last byte: not every reader asks whether another one follows. */
final class FixedBody extends ReplyBody {
    private final Input input;
    private long left;

    FixedBody(long length, Input input, Lease lease) {
        super(lease);
        this.input = input;
        this.left = length;
        if (length == 0) {
            end();
        }
    }

    @Override
    int readSome(byte[] into, int offset, int length) throws IOException {
        int count = input.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The answer ends " + left + " bytes early");
        }
        left -= count;
        if (left == 0) {
            end();
        }
        return count;
    }
}
