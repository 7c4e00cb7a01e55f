package comfybucket.store;

import comfybucket.store.disk.PrivateFiles;
import comfybucket.store.http.Handler;
import comfybucket.store.http.HttpLimits;
import comfybucket.store.http.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The port that a folder's links name, kept in a file so that links outlive a restart. Of the processes that serve the
 * folder one listens there; when it ends another takes over.
 */
final class StablePort implements AutoCloseable {
    /** Below the ranges that systems hand out by themselves (Linux from 32768, others from 49152), so it stays free. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private final int port;
    private final Handler handler;
    private final HttpLimits limits;
    private final Duration retry;
    private final Thread successor;
    private HttpServer server;
    private boolean closed;

    private StablePort(int port, Handler handler, HttpLimits limits, Duration retry) {
        this.port = port;
        this.handler = handler;
        this.limits = limits;
        this.retry = retry;
        this.successor = Thread.ofVirtual().name("store-stable-port").unstarted(this::waitForPort);
    }

    /** @param retry how often a process that came late looks whether the port has become free */
    static StablePort open(Path file, Handler handler, HttpLimits limits, Duration retry) throws IOException {
        String text = PrivateFiles.readOrCreate(file, freePort() + "\n").strip();
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new IOException("Not a port number in " + file + ". Delete the file to get a new port.");
        }
        StablePort stable = new StablePort(Integer.parseInt(text), handler, limits, retry);
        if (!stable.bind()) {
            stable.successor.start();
        }
        return stable;
    }

    private static int freePort() throws IOException {
        for (int attempt = 0; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            // Nobody waits in accept(), which would keep the port for a moment after it is closed.
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return probe.getLocalPort();
            } catch (BindException taken) {
                if (attempt == 100) {
                    throw taken;
                }
            }
        }
    }

    private synchronized boolean bind() throws IOException {
        if (closed) {
            return true;
        }
        try {
            server = HttpServer.start(port, handler, limits);
            return true;
        } catch (BindException taken) {
            return false;
        }
    }

    private void waitForPort() {
        try {
            do {
                Thread.sleep(retry);
            } while (!bind());
        } catch (InterruptedException | IOException e) {
            // Closed, or no sockets any more: links are then served by nobody until the next start.
        }
    }

    int number() {
        return port;
    }

    /** Whether it is this process that listens there. */
    synchronized boolean mine() {
        return server != null;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        successor.interrupt();
        if (server != null) {
            server.close();
        }
    }
}
