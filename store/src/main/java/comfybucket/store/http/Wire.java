package comfybucket.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One connection's socket, with a deadline for whatever it is doing: the {@link Watchdog} closes it when that has
 * passed, which ends a blocked read and a blocked write alike.
 */
final class Wire extends InputStream {
    private static final long NONE = Long.MIN_VALUE;

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 << 10).limit(0);
    private volatile long deadline;
    private Duration patience = Duration.ZERO;

    Wire(SocketChannel channel, Duration patience) {
        this.channel = channel;
        expect(patience);
    }

    /** The whole of what follows may take this long, and after {@link #working()} each single step of it. */
    void expect(Duration newPatience) {
        patience = newPatience;
        progress();
    }

    /** Nothing is expected of the client until the next read or write. */
    void working() {
        deadline = NONE;
    }

    private void progress() {
        deadline = System.nanoTime() + patience.toNanos();
    }

    boolean overdue(long now) {
        long due = deadline;
        return due != NONE && now - due > 0;
    }

    /** Waits for the beginning of the next request. */
    boolean awaitByte() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            channel.read(buffer);
            buffer.flip();
        }
        return buffer.hasRemaining();
    }

    /** The next byte, or -1; does not extend the deadline, so that a head sent byte by byte does not last for ever. */
    @Override
    public int read() throws IOException {
        return awaitByte() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (buffer.hasRemaining()) {
            int count = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, count);
            return count;
        }
        progress();
        int count = channel.read(ByteBuffer.wrap(bytes, offset, length));
        working();
        return count;
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            progress();
            channel.write(bytes);
            working();
        }
    }

    /** Ends our direction, so that the client sees everything we sent even if it is still sending itself. */
    void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
