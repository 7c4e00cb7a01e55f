package comfybucket.store.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server on which one toxic works in one direction, on all connections. */
public final class ToxicRelay implements AutoCloseable {
    private static final int BUFFER = 16 << 10;

    private final URI server;
    private final Toxic toxic;
    private final Direction direction;
    private final int port;
    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    public ToxicRelay(URI server, Toxic toxic, Direction direction) throws IOException {
        this.server = server;
        this.toxic = toxic;
        this.direction = direction;
        this.door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        this.port = door.getLocalPort();
        if (toxic instanceof Toxic.Down) {
            door.close();
        } else {
            Thread.ofVirtual().name("toxic relay").start(this::accept);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                sockets.add(client);
                Thread.ofVirtual().name("toxic connection").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket store = new Socket(server.getHost(), server.getPort())) {
            sockets.add(store);
            client.setTcpNoDelay(true);
            store.setTcpNoDelay(true);
            Thread up = Thread.ofVirtual().start(() -> pump(client, store, Direction.UP));
            pump(store, client, Direction.DOWN);
            up.join(Duration.ofSeconds(60));
            sockets.remove(store);
        } catch (IOException gone) {
            // One of the two has gone.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private void pump(Socket from, Socket to, Direction way) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            if (way == direction) {
                poisoned(in, out, from, to);
            } else {
                in.transferTo(out);
                to.shutdownOutput();
            }
        } catch (IOException gone) {
            abandon(from);
            abandon(to);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void poisoned(InputStream in, OutputStream out, Socket from, Socket to)
            throws IOException, InterruptedException {
        switch (toxic) {
            case Toxic.Latency(Duration delay) -> pieces(in, out, BUFFER, delay);
            case Toxic.Slicer(int bytes, Duration pause) -> pieces(in, out, bytes, pause);
            case Toxic.Bandwidth(int bytesPerSecond) ->
                pieces(in, out, Math.max(1, bytesPerSecond / 20), Duration.ofMillis(50));
            case Toxic.SlowClose(Duration delay) -> {
                in.transferTo(out);
                Thread.sleep(delay);
            }
            case Toxic.LimitData(int bytes) -> {
                out.write(in.readNBytes(bytes));
                throw new SocketException("The limit is reached");
            }
            case Toxic.Timeout(Duration after) -> {
                Thread.sleep(after);
                throw new SocketException("The time is over");
            }
            case Toxic.ResetPeer(Duration after) -> {
                Thread.sleep(after);
                from.setSoLinger(true, 0);
                to.setSoLinger(true, 0);
                throw new SocketException("The time is over");
            }
            case Toxic.Down() -> throw new SocketException("Nobody comes through");
        }
        to.shutdownOutput();
    }

    private static void pieces(InputStream in, OutputStream out, int size, Duration pause)
            throws IOException, InterruptedException {
        byte[] piece = new byte[size];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            Thread.sleep(pause);
            out.write(piece, 0, count);
        }
    }

    private static void abandon(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        sockets.forEach(ToxicRelay::abandon);
    }
}
