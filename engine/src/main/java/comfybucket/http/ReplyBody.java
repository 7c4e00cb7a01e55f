package comfybucket.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** An answer's body. When it has been read to its end, the connection is let go; when it is given up earlier, closed. */
abstract class ReplyBody extends InputStream {
    private final Lease lease;
    private boolean over;

    ReplyBody(Lease lease) {
        this.lease = lease;
    }

    /** At least one byte; −1 at the end of the body. */
    abstract int readSome(byte[] into, int offset, int length) throws IOException;

    /** Nothing more comes, and the connection may serve the next request. */
    final void end() {
        over = true;
        lease.giveBack();
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (over) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        boolean read = false;
        try {
            int count = readSome(into, offset, length);
            read = true;
            return count;
        } finally {
            if (!read) {
                close();
            }
        }
    }

    @Override
    public final void close() {
        over = true;
        lease.discard();
    }
}
