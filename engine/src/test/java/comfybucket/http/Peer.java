package comfybucket.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server of which a test says each byte, connection by connection. */
final class Peer implements AutoCloseable {
    /** What it does on a connection, which ends with it. */
    interface Script {
        void serve(Line line) throws IOException, InterruptedException;
    }

    /**
     * One connection.
     *
     * @param raw the TCP connection below, if there is TLS
     * @param number 1 for the first
     */
    record Line(Socket socket, Socket raw, InputStream in, int number) {
        /** The head of the next request, without the empty line. */
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    throw new IOException("The client has gone after: " + head);
                }
                head.append((char) c);
            }
            return head.substring(0, head.length() - 4);
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Answers one request with a body. */
        void answer(String body) throws IOException {
            head();
            say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** The same, and says that the connection ends with it. */
        void answerLast(String body) throws IOException {
            head();
            say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Until the client ends the connection. */
        void waitForEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private final ServerSocket door;
    private final Script script;
    private final SSLContext tls;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    Peer(Script script) {
        this(script, null);
    }

    /** @param tls {@code null} for plain text */
    Peer(Script script, SSLContext tls) {
        this.script = script;
        this.tls = tls;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    Origin origin() {
        return new Origin(tls != null, "127.0.0.1", port());
    }

    /** How many there have been. */
    int connections() {
        return connections.get();
    }

    /** How many there are. */
    int open() {
        return open.size();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket raw, int number) {
        try (raw;
                Socket socket = secured(raw)) {
            script.serve(new Line(socket, raw, new BufferedInputStream(socket.getInputStream()), number));
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(raw);
        }
    }

    private Socket secured(Socket raw) throws IOException {
        if (tls == null) {
            return raw;
        }
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, port(), false);
        socket.setUseClientMode(false);
        return socket;
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
