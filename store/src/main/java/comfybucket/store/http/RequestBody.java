package comfybucket.store.http;

import java.io.IOException;
import java.io.InputStream;

/** A request's body without its transfer coding. */
abstract sealed class RequestBody extends InputStream permits FixedBody, ChunkedBody {
    /** Whether all of it has been read, so that the next request follows. */
    abstract boolean finished();

    /** Bytes, -1 when unknown. */
    abstract long length();

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
