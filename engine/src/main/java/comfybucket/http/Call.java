package comfybucket.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** One request that can be sent, once, and aborted from any thread. */
public final class Call {
    private final Request request;
    private final Pool pool;
    private final Connector connector;
    private final Duration idle;
    private Lease lease;
    private boolean aborted;

    /** @param idle how long its connection is kept for others */
    Call(Request request, Pool pool, Connector connector, Duration idle) {
        this.request = request;
        this.idle = idle;
        this.pool = pool;
        this.connector = connector;
    }

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @throws IOException when it cannot be sent, or is answered by no HTTP; what the body throws goes through
     */
    public Reply send() throws IOException {
        Lease begun = begin();
        boolean answered = false;
        try {
            pool.admit(begun);
            Reply reply = send(begun);
            answered = true;
            return reply;
        } finally {
            if (!answered) {
                begun.discard();
            }
        }
    }

    /** Ends it at once, wherever it stands, the reading of the answer included. Does nothing once that has been read. */
    public void abort() {
        Optional<Lease> begun;
        synchronized (this) {
            aborted = true;
            begun = Optional.ofNullable(lease);
        }
        begun.ifPresent(Lease::discard);
    }

    private synchronized Lease begin() throws IOException {
        if (aborted) {
            throw new IOException("The request was aborted");
        }
        lease = new Lease(pool);
        return lease;
    }

    private Reply send(Lease begun) throws IOException {
        Optional<Proxy> relay = connector.relay(request.origin());
        Optional<Connection> kept = pool.take(relay.map(Proxy::origin).orElse(request.origin()));
        if (kept.isPresent()) {
            begun.use(kept.get());
            long received = kept.get().input().received();
            try {
                return send(begun, kept.get(), relay);
            } catch (IOException ended) {
                // The server may have closed it at this very moment, as servers may: no failure, if nothing came.
                if (!request.repeatable() || kept.get().input().received() > received) {
                    throw ended;
                }
                kept.get().retire();
            }
        }
        Connection fresh = connector.connect(request.origin(), begun);
        begun.use(fresh);
        return send(begun, fresh, relay);
    }

    private Reply send(Lease begun, Connection connection, Optional<Proxy> relay) throws IOException {
        ReplyHead head;
        try {
            transmit(RequestHead.of(request, relay), connection);
            head = ReplyHead.read(connection.input());
            begun.reusableFor(head.keepsOpen(idle));
        } catch (Connection.UnsentException e) {
            head = earlyAnswer(connection, e);
        }
        Framing framing = Framing.of(request.method(), head);
        InputStream body = framing.body(connection.input(), begun);
        return new Reply(head.status(), head.reason(), head.headers(), body);
    }

    private void transmit(byte[] head, Connection connection) throws IOException {
        if (request.body().isPresent()) {
            connection.send(head, request.body().get());
        } else {
            connection.send(head);
        }
    }

    /** A server that has seen enough of a request may answer and hang up while the rest is still being sent. */
    private static ReplyHead earlyAnswer(Connection connection, Connection.UnsentException unsent) throws IOException {
        try {
            return ReplyHead.read(connection.input());
        } catch (IOException none) {
            unsent.addSuppressed(none);
            throw unsent;
        }
    }
}
