package comfybucket.store.http;

import java.io.EOFException;
import java.io.IOException;

/** A body in HTTP's chunked transfer coding (RFC 9112 7.1). Extensions and trailers are read and dropped. */
final class ChunkedBody extends RequestBody {
    private static final int MAX_LINE = 4 << 10;
    private static final int MAX_TRAILERS = 32;

    private final Wire wire;
    private long left;
    private boolean started;
    private boolean finished;

    ChunkedBody(Wire wire) {
        this.wire = wire;
    }

    @Override
    boolean finished() {
        return finished;
    }

    @Override
    long length() {
        return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (left == 0 && !finished) {
            nextChunk();
        }
        if (finished) {
            return -1;
        }
        int read = wire.read(bytes, offset, (int) Math.min(count, left));
        if (read < 0) {
            throw new EOFException("The body ended inside a chunk.");
        }
        left -= read;
        return read;
    }

    private void nextChunk() throws IOException {
        if (started && !line().isEmpty()) {
            throw new BadRequestException(400, "A chunk is longer than it said.");
        }
        started = true;
        String size = line().split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new BadRequestException(400, "Not a chunk size.");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            for (int trailers = 0; !line().isEmpty(); trailers++) {
                if (trailers == MAX_TRAILERS) {
                    throw new BadRequestException(431, "Too many trailers.");
                }
            }
            finished = true;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = wire.read(); c != '\n'; c = wire.read()) {
            if (c < 0) {
                throw new EOFException("The body ended between chunks.");
            }
            if (line.length() == MAX_LINE) {
                throw new BadRequestException(431, "A chunk header is too long.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
