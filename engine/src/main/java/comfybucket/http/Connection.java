package comfybucket.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection over which one request after another goes. */
final class Connection {
    /** What goes with one system call, or in four TLS records: large enough for their cost not to matter. */
    private static final int PIECE = 1 << 16;

    private final Origin peer;
    private final SocketChannel channel;
    private final Wire wire;
    private final Input input;
    private byte[] piece = new byte[0];
    private long idleUntil;

    /** @param peer who reads the requests: the server, or the proxy that gets the whole address */
    Connection(Origin peer, SocketChannel channel, Wire wire) {
        this.peer = peer;
        this.channel = channel;
        this.wire = wire;
        this.input = new Input(wire);
    }

    /** The server would not take all of it; it may have answered before. */
    static final class UnsentException extends IOException {
        UnsentException(IOException cause) {
            super("The server does not take the request", cause);
        }
    }

    /**
     * Whether what has been written and has not left the machine is dropped when the channel is closed. It is while there
     * may be a request that somebody breaks off: the kernel would send megabytes of it afterwards, and its last byte too.
     */
    static void dropsUnsentAtItsEnd(SocketChannel channel, boolean drops) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, drops ? 0 : -1);
    }

    boolean leadsTo(Origin origin) {
        return peer.equals(origin);
    }

    Input input() {
        return input;
    }

    SocketChannel channel() {
        return channel;
    }

    void send(byte[] head) throws UnsentException {
        write(head, head.length);
    }

    /**
     * The head and the beginning of the body in one piece.
     *
     * @throws EOFException when the body has less bytes than it says; what it throws itself goes through
     */
    void send(byte[] head, Request.Body body) throws IOException {
        byte[] buffer = buffer(Math.max(head.length + 1, Math.min(head.length + body.length(), PIECE)));
        System.arraycopy(head, 0, buffer, 0, head.length);
        int filled = head.length;
        long left = body.length();
        try (InputStream bytes = body.bytes().get()) {
            while (left > 0) {
                int count = bytes.read(buffer, filled, (int) Math.min(left, buffer.length - filled));
                if (count < 0) {
                    throw new EOFException("The body ends " + left + " bytes early");
                }
                filled += count;
                left -= count;
                if (filled == buffer.length) {
                    write(buffer, filled);
                    filled = 0;
                }
            }
        }
        write(buffer, filled);
    }

    private byte[] buffer(long size) {
        if (piece.length < size) {
            piece = new byte[(int) size];
        }
        return piece;
    }

    private void write(byte[] bytes, int length) throws UnsentException {
        try {
            wire.write(ByteBuffer.wrap(bytes, 0, length));
        } catch (IOException e) {
            throw new UnsentException(e);
        }
    }

    void idleFor(Duration time) {
        idleUntil = System.nanoTime() + time.toNanos();
    }

    /** How long it may still be kept. */
    Duration idleLeft() {
        return Duration.ofNanos(idleUntil - System.nanoTime());
    }

    /** Whether it can be expected to serve one more request. Servers close what is idle when they like. */
    boolean isUsable() {
        return idleLeft().isPositive() && input.isQuiet();
    }

    /** Nobody uses it and nobody will. */
    void retire() {
        try (channel) {
            dropsUnsentAtItsEnd(channel, false);
            wire.finish();
        } catch (IOException e) {
            // It has ended already.
        }
    }
}
