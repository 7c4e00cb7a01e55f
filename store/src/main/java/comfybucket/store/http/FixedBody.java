package comfybucket.store.http;

import java.io.EOFException;
import java.io.IOException;

/** A body whose length was announced. */
final class FixedBody extends RequestBody {
    private final Wire wire;
    private final long length;
    private long left;

    FixedBody(Wire wire, long length) {
        this.wire = wire;
        this.length = length;
        this.left = length;
    }

    @Override
    boolean finished() {
        return left == 0;
    }

    @Override
    long length() {
        return length;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = wire.read(bytes, offset, (int) Math.min(count, left));
        if (read < 0) {
            throw new EOFException("The body ended " + left + " bytes early.");
        }
        left -= read;
        return read;
    }
}
