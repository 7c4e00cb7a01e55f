package comfybucket.store.faults;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;

/** The way to the store behind the faults, for one client's connection. */
final class Upstream implements AutoCloseable {
    private final URI store;
    private Socket socket;
    private InputStream in;

    Upstream(URI store) {
        this.store = store;
    }

    /** The store's answer to a whole request. */
    Message ask(Message request) throws IOException {
        connect();
        socket.getOutputStream().write(request.bytes());
        Head head = answer();
        while (head.status() < 200) {
            head = answer();
        }
        boolean bodiless = request.head().word(0).equals("HEAD") || head.status() == 204 || head.status() == 304;
        Message answer = bodiless ? new Message(head, new byte[0]) : Message.read(head, in);
        if (head.isLast()) {
            close();
        }
        return answer;
    }

    /** Shows the store the beginning of a request, and goes away. */
    void showHalf(Message request) throws IOException {
        connect();
        byte[] bytes = request.bytes();
        socket.getOutputStream().write(Arrays.copyOf(bytes, bytes.length - request.body().length / 2 - 1));
        close();
    }

    private Head answer() throws IOException {
        return Head.read(in).orElseThrow(() -> new EOFException("The store has gone"));
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket(store.getHost(), store.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
