package comfybucket.store.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** One request that a fault strikes, and the connection that it came by. */
final class Exchange {
    private static final int LINGER_MILLIS = 1_000;

    private final Socket client;
    private final InputStream in;
    private final Upstream store;
    private final Random random;
    private final Semaphore others;
    private Head head;

    /** @param others a place that all other requests need for a moment before they begin */
    Exchange(Head head, Socket client, InputStream in, Upstream store, Random random, Semaphore others) {
        this.head = head;
        this.others = others;
        this.client = client;
        this.in = in;
        this.store = store;
        this.random = random;
    }

    Random random() {
        return random;
    }

    boolean hasBody() {
        return head.length() != 0;
    }

    /** The whole request; to be read once. */
    Message request() throws IOException {
        invite();
        return Message.read(head, in);
    }

    /** What the store does and answers, when nothing happens on the way. */
    Message effect() throws IOException {
        return store.ask(request());
    }

    Message effect(Message request) throws IOException {
        return store.ask(request);
    }

    /** The client is answered first; no other request, such as its next try, overtakes the effect. */
    void lateEffect(Message answer) throws IOException {
        Message request = request();
        others.acquireUninterruptibly();
        try {
            send(answer);
            store.ask(request);
        } finally {
            others.release();
        }
    }

    /** Half of the body is read, and the store sees that half of the request. */
    void halfEffect() throws IOException {
        invite();
        byte[] half = in.readNBytes((int) Math.max(0, head.length() / 2));
        store.showHalf(new Message(head, half));
    }

    /** An answer to HEAD has no body, whatever its headers say. */
    void send(Message answer) throws IOException {
        send(head.word(0).equals("HEAD") ? answer.head().bytes() : answer.bytes());
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** The connection ends, and the client knows it at once, even while it sends. */
    void reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Our direction ends; what the client still sends is swallowed for a while, so that this is no reset. */
    void hangUp() throws IOException {
        client.shutdownOutput();
        client.setSoTimeout(LINGER_MILLIS);
        swallow();
        client.close();
    }

    /** Nothing more is said; ends when the client goes. */
    void fallSilent() throws IOException {
        swallow();
        client.close();
    }

    private void swallow() {
        byte[] sink = new byte[1 << 16];
        try {
            while (in.read(sink) >= 0) {
                // Not wanted any more.
            }
        } catch (IOException gone) {
            // The client has gone, or talks for too long.
        }
    }

    /** Clients that wait for it send their body then. */
    private void invite() throws IOException {
        if (head.value("Expect").isPresent()) {
            head = head.without("Expect");
            send("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
