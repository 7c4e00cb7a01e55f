package comfybucket.store.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;

/** Listens on a port of the loopback address and serves each connection on a virtual thread of its own. */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final ServerSocketChannel listener;
    private final Handler handler;
    private final HttpLimits limits;
    private final Semaphore slots;
    private final Watchdog watchdog = new Watchdog();

    private HttpServer(ServerSocketChannel listener, Handler handler, HttpLimits limits) {
        this.listener = listener;
        this.handler = handler;
        this.limits = limits;
        this.slots = new Semaphore(limits.connections());
    }

    /**
     * Starts to serve.
     *
     * @param port on 127.0.0.1, 0 for any that is free
     * @throws java.net.BindException when the port is taken
     */
    public static HttpServer start(int port, Handler handler, HttpLimits limits) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        HttpServer server = new HttpServer(listener, handler, limits);
        Thread.ofVirtual().name("store-accept").start(server::accept);
        return server;
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                slots.acquire();
                SocketChannel channel = listener.accept();
                Thread.ofVirtual().name("store-connection").start(() -> serve(channel));
            } catch (InterruptedException | IOException e) {
                slots.release(); // closed, or a client that was gone before it was accepted
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (Wire wire = new Wire(channel, limits.head())) {
            watchdog.watch(wire);
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                new Connection(wire, handler, limits).serve();
            } finally {
                watchdog.forget(wire);
            }
        } catch (IOException gone) {
            // The client went away, or was sent away by the watchdog: there is nobody left to tell.
        } finally {
            slots.release();
        }
    }

    /** Stops listening and drops every connection. */
    @Override
    public void close() throws IOException {
        listener.close();
        watchdog.close();
    }
}
