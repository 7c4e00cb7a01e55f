package comfybucket.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server on which every connection breaks after some bytes of its answers. */
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final URI server;
    private final AtomicLong limit = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger broken = new AtomicInteger();

    Relay(URI server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Connections from now on break after so many bytes. */
    void breakAfter(long bytes) {
        limit.set(bytes);
    }

    /** How many have broken. */
    int broken() {
        return broken.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket store = new Socket(server.getHost(), server.getPort())) {
            Thread up = Thread.ofVirtual().start(() -> pump(client, store, Long.MAX_VALUE));
            if (pump(store, client, limit.get())) {
                broken.incrementAndGet();
            }
            up.interrupt();
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    /** Whether it was us who ended it. */
    private static boolean pump(Socket from, Socket to, long most) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            long left = most;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, (int) Math.min(count, left));
                left -= count;
                if (left <= 0) {
                    return true;
                }
            }
        } catch (IOException e) {
            // One of the two has gone.
        }
        return false;
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
