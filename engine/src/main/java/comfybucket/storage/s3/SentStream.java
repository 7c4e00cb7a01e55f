package comfybucket.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A request's body on its way to the store: every byte that the HTTP layer takes is progress. */
final class SentStream extends FilterInputStream {
    private final Supplier<Watch> watch;
    private final Bandwidth bandwidth;
    private long sent;

    /** @param watch known when the request is sent, which is later than it gets its body */
    SentStream(InputStream body, Supplier<Watch> watch, Bandwidth bandwidth) {
        super(body);
        this.watch = watch;
        this.bandwidth = bandwidth;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                sent += count;
                watch.get().pause();
                bandwidth.take(count);
                watch.get().resume();
                watch.get().progress(count);
            }
            if (count < 0 || in.available() == 0) {
                watch.get().bodySent(sent);
            }
            return count;
        } catch (IOException e) {
            throw new PayloadException(e);
        }
    }
}
