package comfybucket.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What comes over a wire: heads byte by byte out of a buffer, bodies past it where they are long. */
final class Input {
    private static final int SIZE = 1 << 14;

    private final Wire wire;
    private final ByteBuffer buffer = ByteBuffer.allocate(SIZE).flip();
    private long received;

    Input(Wire wire) {
        this.wire = wire;
    }

    /** @throws EOFException where the server ends the connection */
    int read() throws IOException {
        if (!buffer.hasRemaining() && fill() < 0) {
            throw new EOFException("The server has ended the connection");
        }
        return buffer.get() & 0xff;
    }

    /** −1 where the server ends the connection. */
    int read(byte[] into, int offset, int length) throws IOException {
        if (!buffer.hasRemaining()) {
            if (length >= SIZE) {
                return counted(wire.read(ByteBuffer.wrap(into, offset, length)));
            }
            if (fill() < 0) {
                return -1;
            }
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    /** Whether nothing has come beyond what was read, not even the end of the connection. */
    boolean isQuiet() {
        try {
            return !buffer.hasRemaining() && fillNow() == 0;
        } catch (IOException broken) {
            return false;
        }
    }

    /** How many bytes have come, read or not. */
    long received() {
        return received;
    }

    private int counted(int count) {
        received += Math.max(0, count);
        return count;
    }

    private int fill() throws IOException {
        buffer.clear();
        int count = counted(wire.read(buffer));
        buffer.flip();
        return count;
    }

    private int fillNow() throws IOException {
        buffer.clear();
        int count = counted(wire.readNow(buffer));
        buffer.flip();
        return count;
    }
}
