package comfybucket.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The body as a handler sees it: its first read tells a client that waits for a 100 to go on. */
final class ContinueBody extends InputStream {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final RequestBody body;
    private final Wire wire;
    private boolean waiting;

    ContinueBody(RequestBody body, Wire wire, boolean waiting) {
        this.body = body;
        this.wire = wire;
        this.waiting = waiting && !body.finished();
    }

    /** Whether the client still waits for a 100, so that nobody knows if its body comes. */
    boolean waiting() {
        return waiting;
    }

    @Override
    public int read() throws IOException {
        goOn();
        return body.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        goOn();
        return body.read(bytes, offset, length);
    }

    private void goOn() throws IOException {
        if (waiting) {
            waiting = false;
            wire.write(ByteBuffer.wrap(CONTINUE));
        }
    }
}
