import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** So many bytes of a connection. */
class SinkBody extends FilterInputStream {
    long left;

    SinkBody(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("in the middle of a body");
        }
        left -= count;
        return count;
    }

    /** Chunks with their lengths in front, as HTTP has them and aws-chunked too, and a trailer. */
    static final class Chunked extends SinkBody {
        private boolean first = true;
        private boolean ended;

        Chunked(InputStream in) {
            super(in, 0);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                next();
            }
            return ended ? -1 : super.read(buffer, offset, length);
        }

        private void next() throws IOException {
            if (!first) {
                SinkRequest.line(in);
            }
            first = false;
            left = Long.parseLong(SinkRequest.line(in).split(";")[0], 16);
            if (left == 0) {
                ended = true;
                for (String trailer = SinkRequest.line(in); trailer != null && !trailer.isEmpty(); trailer = SinkRequest.line(in)) {}
                if (in instanceof SinkBody outer) {
                    outer.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }
}
