package comfybucket.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The use of one connection by one call. It ends once, whoever ends it: the call, or another thread that aborts it. From
 * then on nothing that the call does reaches the connection, which may serve another one.
 */
final class Lease {
    private final Pool pool;
    private SocketChannel channel;
    private Connection connection;
    private Duration reusable = Duration.ZERO;
    private boolean over;

    Lease(Pool pool) {
        this.pool = pool;
    }

    /**
     * From now on the end of the lease closes this channel.
     *
     * @throws IOException if it has ended already
     */
    synchronized void hold(SocketChannel opened) throws IOException {
        channel = opened;
        if (over) {
            opened.close();
            throw new IOException("The request was aborted");
        }
    }

    synchronized void use(Connection chosen) throws IOException {
        connection = chosen;
        hold(chosen.channel());
    }

    /** @param time for which the connection can serve another call after this one; zero if it cannot */
    void reusableFor(Duration time) {
        reusable = time;
    }

    /** The answer has been read. */
    void giveBack() {
        if (reusable.isZero()) {
            discard();
        } else if (end()) {
            pool.keep(connection, reusable);
            pool.leave(this);
        }
    }

    /** Closes the connection at once, also under the hands of a thread that waits for it. */
    void discard() {
        if (end()) {
            close(channel);
            pool.leave(this);
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    private static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
