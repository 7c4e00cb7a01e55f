package comfybucket.storage.s3;

import comfybucket.storage.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Function;

/**
 * The bytes of a download. A connection that breaks on the way is replaced by another one for the rest of the same
 * version, so that readers see one unbroken stream. The last bytes are handed out only when all are known to be right.
 */
final class DownloadStream extends InputStream {
    private final Verification verification;
    private final Resumption resumption;
    private final Function<ByteRange, Download> reopen;
    private final long end;
    private Download current;
    private long position;
    private boolean over;

    /**
     * @param verification of all bytes, at their end
     * @param reopen gives another part of the same version
     */
    DownloadStream(
            Download first, Verification verification, Resumption resumption, Function<ByteRange, Download> reopen) {
        this.current = first;
        this.position = first.start();
        this.end = first.start() + first.length();
        this.verification = verification;
        this.resumption = resumption;
        this.reopen = reopen;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (position == end) {
            end();
            return -1;
        }
        if (over) {
            throw new IllegalStateException("The download is closed");
        }
        int count = readOn(buffer, offset, (int) Math.min(length, end - position));
        verification.update(buffer, offset, count);
        position += count;
        if (position == end) {
            end();
        }
        return count;
    }

    /** Once, when all bytes are here, also when there are none. */
    private void end() {
        if (!over) {
            release();
            verification.finish();
        }
    }

    private int readOn(byte[] buffer, int offset, int length) {
        while (true) {
            try {
                int count = current.body().read(buffer, offset, length);
                if (count > 0) {
                    resumption.progress(count);
                    return count;
                }
                throw new EOFException("The answer ended after " + position + " of " + end + " bytes");
            } catch (IOException e) {
                over = true;
                current.abort();
                resumption.await(e, current.exchange());
                current = reopen.apply(new ByteRange(position, end - position));
                over = false;
            }
        }
    }

    /** All bytes are here; a connection whose answer has been read to the end can serve others. */
    private void release() {
        over = true;
        boolean reusable = false;
        try {
            reusable = current.body().read() < 0;
            current.body().close();
        } catch (IOException e) {
            reusable = false;
        }
        if (reusable) {
            current.exchange().close();
        } else {
            current.abort();
        }
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            current.abort();
        }
    }
}
