package comfybucket.http;

import java.time.Duration;

/** Carries requests to servers. Many threads may use it at once. */
public final class HttpClient implements AutoCloseable {
    private final Pool pool;
    private final Connector connector;
    private final Duration idle;

    /** Opens nothing yet. */
    public HttpClient(HttpOptions options) {
        this.pool = new Pool(options);
        this.connector = new Connector(options);
        this.idle = options.idle();
    }

    /** A request that can be sent, once, and aborted. */
    public Call prepare(Request request) {
        return new Call(request, pool, connector, idle);
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        pool.close();
    }
}
