package comfybucket.store.http;

import java.io.IOException;
import java.time.Duration;

/** One client's connection: request after request until either side has had enough. */
final class Connection {
    /** What is read of a body that nobody wanted, to keep the connection; more is cheaper to drop with it. */
    private static final int DRAIN_TO_REUSE = 256 << 10;
    /** How long the rest of a body is swallowed so that a client that still sends gets to see the answer. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Wire wire;
    private final Handler handler;
    private final HttpLimits limits;
    private final ResponseWriter writer;

    Connection(Wire wire, Handler handler, HttpLimits limits) {
        this.wire = wire;
        this.handler = handler;
        this.limits = limits;
        this.writer = new ResponseWriter(wire);
    }

    void serve() throws IOException {
        boolean again = true;
        while (again) {
            wire.expect(limits.idle());
            if (!wire.awaitByte()) {
                return;
            }
            wire.expect(limits.head());
            again = serveOne();
        }
    }

    private boolean serveOne() throws IOException {
        try {
            RequestHead head = RequestHead.read(wire, limits.headBytes());
            if (head == null) {
                return false;
            }
            wire.expect(limits.progress());
            wire.working();
            return answer(head);
        } catch (BadRequestException e) {
            Response refusal = Response.of(e.status())
                    .with("Content-Type", "application/xml")
                    .with(new Body.Bytes(RequestHead.refusal(e)));
            writer.write(refusal, false, false);
            linger();
            return false;
        }
    }

    private boolean answer(RequestHead head) throws IOException {
        RequestBody raw = head.body(wire);
        boolean expects = head.headers().first("Expect").orElse("").equalsIgnoreCase("100-continue");
        ContinueBody body = new ContinueBody(raw, wire, expects);
        Response response = handler.handle(
                new Request(head.method(), head.path(), head.query(), head.headers(), body, raw.length()));
        boolean clean = raw.finished() || (!body.waiting() && raw.length() >= 0 && raw.length() <= DRAIN_TO_REUSE);
        boolean keep = head.keepAlive() && clean;
        writer.write(response, keep, head.method().equals("HEAD"));
        if (keep) {
            raw.skip(DRAIN_TO_REUSE);
        } else if (!raw.finished()) {
            linger();
        }
        return keep && raw.finished();
    }

    private void linger() throws IOException {
        wire.shutdownOutput();
        long end = System.nanoTime() + LINGER.toNanos();
        wire.expect(LINGER);
        byte[] sink = new byte[64 << 10];
        while (System.nanoTime() < end && wire.read(sink, 0, sink.length) >= 0) {
            // Swallowed.
        }
    }
}
