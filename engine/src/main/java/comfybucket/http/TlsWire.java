package comfybucket.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;

/**
 * TLS on another wire, with the JDK's engine. Java's own TLS sockets read and write one record of 16 KiB at a time; here many
 * go with one system call, and what is received is decrypted right into the reader's array.
 */
final class TlsWire implements Wire {
    /** What one record carries at most. */
    private static final int RECORD = 1 << 14;

    private static final int LARGE = 16 * RECORD;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Wire below;
    private final SSLEngine engine;
    /** What a record takes at most. */
    private final int packet;
    /** What has come and is not decrypted yet. Small until the server fills it. */
    private ByteBuffer received;
    /** What was decrypted and did not fit where it should go. */
    private ByteBuffer decrypted = NOTHING;
    /** What is about to go. Small until there is more to say than one record. */
    private ByteBuffer encrypted;

    private TlsWire(Wire below, SSLEngine engine) {
        this.below = below;
        this.engine = engine;
        this.packet = engine.getSession().getPacketBufferSize();
        this.received = ByteBuffer.allocate(packet).flip();
        this.encrypted = ByteBuffer.allocate(packet);
    }

    /** Shakes hands; the server has to show a certificate for its host. */
    static TlsWire open(Wire below, SSLContext context, Origin server) throws IOException {
        SSLEngine engine = context.createSSLEngine(server.bareHost(), server.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        TlsWire wire = new TlsWire(below, engine);
        wire.shakeHands();
        return wire;
    }

    private void shakeHands() throws IOException {
        try {
            engine.beginHandshake();
            for (HandshakeStatus now = settled(); now == HandshakeStatus.NEED_UNWRAP; now = settled()) {
                if (decrypt(NOTHING) < 0) {
                    throw new EOFException("The server ends the session");
                }
                if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
                    receive();
                }
            }
        } catch (EOFException e) {
            throw (SSLException) new SSLHandshakeException("The server ended the handshake").initCause(e);
        } catch (SSLException e) {
            finishQuietly();
            throw e;
        }
    }

    /** Does what the engine wants done before it goes on, until all that it lacks is bytes from the server, if anything. */
    private HandshakeStatus settled() throws IOException {
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                }
                case NEED_WRAP -> {
                    encrypted.clear();
                    engine.wrap(NOTHING, encrypted);
                    below.write(encrypted.flip());
                    if (engine.isOutboundDone()) {
                        return status;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {
                    return status;
                }
            }
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = decrypt(into);
        while (count == 0) {
            receive();
            count = decrypt(into);
        }
        return count;
    }

    @Override
    public int readNow(ByteBuffer into) throws IOException {
        int count = decrypt(into);
        if (count != 0) {
            return count;
        }
        makeRoom();
        int come = below.readNow(received);
        received.flip();
        return come <= 0 ? come : decrypt(into);
    }

    /** 0 if there is no whole record; −1 when the server has said that it was the last. */
    private int decrypt(ByteBuffer into) throws IOException {
        if (decrypted.hasRemaining()) {
            return move(into);
        }
        int count = 0;
        while (true) {
            SSLEngineResult result = engine.unwrap(received, into);
            count += result.bytesProduced();
            boolean closed = result.getStatus() == SSLEngineResult.Status.CLOSED;
            if (!closed && result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                // Not after its last word: whoever has said it may listen no more.
                settled();
            }
            switch (result.getStatus()) {
                case OK -> {
                    if (!received.hasRemaining()) {
                        return count;
                    }
                }
                case BUFFER_UNDERFLOW -> {
                    return count;
                }
                case BUFFER_OVERFLOW -> {
                    return count > 0 ? count : decryptAside(into);
                }
                case CLOSED -> {
                    return count > 0 ? count : -1;
                }
            }
        }
    }

    private int decryptAside(ByteBuffer into) throws IOException {
        ByteBuffer aside = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.unwrap(received, aside);
        decrypted = aside.flip();
        return move(into);
    }

    private int move(ByteBuffer into) {
        int count = Math.min(into.remaining(), decrypted.remaining());
        into.put(decrypted.slice(decrypted.position(), count));
        decrypted.position(decrypted.position() + count);
        return count;
    }

    /** An end that TLS does not know of may be somebody's on the way, who cuts the answer short. */
    private void receive() throws IOException {
        makeRoom();
        int come = below.read(received);
        received.flip();
        if (come < 0) {
            throw new EOFException("The connection ended without a word");
        }
    }

    private void makeRoom() throws SSLException {
        boolean full = received.limit() == received.capacity();
        received.compact();
        if (full && received.capacity() < LARGE) {
            received = ByteBuffer.allocate(LARGE).put(received.flip());
        } else if (!received.hasRemaining()) {
            throw new SSLException("The server sends a record that is too large");
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        int wanted = Math.clamp(packet * (bytes.remaining() / RECORD + 1L), packet, LARGE);
        if (encrypted.capacity() < wanted) {
            encrypted = ByteBuffer.allocate(wanted);
        }
        while (bytes.hasRemaining()) {
            encrypted.clear();
            while (bytes.hasRemaining() && encrypted.remaining() >= packet) {
                if (engine.wrap(bytes, encrypted).bytesProduced() == 0) {
                    throw new SSLException("The session has ended");
                }
            }
            below.write(encrypted.flip());
        }
    }

    @Override
    public void writeNow(ByteBuffer bytes) throws IOException {
        encrypted.clear();
        engine.wrap(bytes, encrypted);
        below.writeNow(encrypted.flip());
    }

    @Override
    public void finish() throws IOException {
        engine.closeOutbound();
        writeNow(NOTHING);
        below.finish();
    }

    /** So that the server learns why. */
    private void finishQuietly() {
        try {
            finish();
        } catch (IOException e) {
            // It is told by the end of the connection.
        }
    }
}
