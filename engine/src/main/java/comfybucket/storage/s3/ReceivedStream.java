package comfybucket.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * An answer's body on its way from the store: bytes are progress, too many of them are refused, and closing it before
 * the end gives the connection up, where the HTTP layer would read all the rest first.
 */
final class ReceivedStream extends FilterInputStream {
    /** What may be left behind the end of an XML document: the last chunk's marks, line breaks. */
    private static final int TAIL = 1024;

    private final AbortableInputStream body;
    private final Watch watch;
    private final Bandwidth bandwidth;
    private final boolean object;
    private long left;
    private boolean ended;

    /** @param limit how many bytes are accepted; {@link Long#MAX_VALUE} for an object's own bytes */
    ReceivedStream(AbortableInputStream body, long limit, Watch watch, Bandwidth bandwidth) {
        super(body);
        this.body = body;
        this.left = limit;
        this.object = limit == Long.MAX_VALUE;
        this.watch = watch;
        this.bandwidth = bandwidth;
        watch.pause();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        watch.resume();
        int count = in.read(buffer, offset, length);
        watch.progress(Math.max(0, count));
        watch.pause();
        bandwidth.take(count);
        ended |= count < 0;
        left -= Math.max(0, count);
        if (left < 0) {
            throw new AnswerTooLongException();
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        try {
            if (!ended && (object || left < 0 || read(new byte[TAIL]) >= 0)) {
                body.abort();
            }
        } finally {
            body.close();
        }
    }

    /** The store sends more than any honest answer has. */
    static final class AnswerTooLongException extends IOException {
        AnswerTooLongException() {
            super("the answer is longer than " + (Exchange.ANSWER_LIMIT >> 20) + " MiB");
        }
    }
}
