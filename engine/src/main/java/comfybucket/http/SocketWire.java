package comfybucket.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** TCP. Closing the channel, or interrupting the thread that waits for it, ends the wait at once. */
record SocketWire(SocketChannel channel) implements Wire {
    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public int readNow(ByteBuffer into) throws IOException {
        channel.configureBlocking(false);
        int count = channel.read(into);
        channel.configureBlocking(true);
        return count;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void writeNow(ByteBuffer bytes) throws IOException {
        channel.configureBlocking(false);
        channel.write(bytes);
        channel.configureBlocking(true);
    }

    @Override
    public void finish() {
        // TCP says it when it is closed.
    }
}
