package comfybucket.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connections of one client: so many in use at most, and those that nobody uses for a while. */
final class Pool implements AutoCloseable {
    private final int size;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Those that have a place. */
    private final Set<Lease> leases = new HashSet<>();
    /** The one used last comes first, so that those which are not needed grow old. */
    private final Deque<Connection> idle = new ArrayDeque<>();

    private boolean sweeping;
    private volatile boolean closed;

    Pool(HttpOptions options) {
        this.size = options.connections();
        this.patience = options.setup();
    }

    /** Gives a lease its place, which the caller fills with a connection; waits until one is free or the lease has ended. */
    void admit(Lease lease) throws IOException {
        lock.lock();
        try {
            for (long left = patience.toNanos(); leases.size() == size; left = changed.awaitNanos(left)) {
                requireWanted(lease);
                if (left <= 0) {
                    throw new SocketTimeoutException("No connection became free");
                }
            }
            requireWanted(lease);
            leases.add(lease);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted while waiting for a connection").initCause(e);
        } finally {
            lock.unlock();
        }
    }

    private void requireWanted(Lease lease) throws IOException {
        if (closed) {
            throw new IOException("The client is closed");
        }
        if (lease.isOver()) {
            throw new IOException("The request was aborted");
        }
    }

    /** The lease has ended, whether or not it ever had a place. */
    void leave(Lease lease) {
        lock.lock();
        try {
            leases.remove(lease);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A connection that is still good, if there is one. */
    Optional<Connection> take(Origin peer) {
        for (Optional<Connection> next = poll(peer); next.isPresent(); next = poll(peer)) {
            if (next.get().isUsable()) {
                return next;
            }
            next.get().retire();
        }
        return Optional.empty();
    }

    private synchronized Optional<Connection> poll(Origin peer) {
        Iterator<Connection> newestFirst = idle.iterator();
        while (newestFirst.hasNext()) {
            Connection next = newestFirst.next();
            if (next.leadsTo(peer)) {
                newestFirst.remove();
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    void keep(Connection connection, Duration time) {
        connection.idleFor(time);
        Optional<Connection> tooMany = add(connection);
        tooMany.ifPresent(Connection::retire);
    }

    private synchronized Optional<Connection> add(Connection connection) {
        if (closed) {
            return Optional.of(connection);
        }
        idle.addFirst(connection);
        if (!sweeping) {
            sweeping = true;
            Thread.ofVirtual().name("close idle connections").start(this::sweep);
        }
        return idle.size() > size ? Optional.of(idle.removeLast()) : Optional.empty();
    }

    /** Runs as long as there are connections that may grow too old. */
    private void sweep() {
        try {
            for (Optional<Duration> left = retireOld(); left.isPresent(); left = retireOld()) {
                Thread.sleep(left.get());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody knows this thread", e);
        }
    }

    /** When to look again. */
    private Optional<Duration> retireOld() {
        List<Connection> old = new ArrayList<>();
        Optional<Duration> left = removeOld(old);
        old.forEach(Connection::retire);
        return left;
    }

    private synchronized Optional<Duration> removeOld(List<Connection> old) {
        idle.stream().filter(connection -> !connection.idleLeft().isPositive()).forEach(old::add);
        idle.removeAll(old);
        sweeping = !idle.isEmpty();
        return idle.stream().map(Connection::idleLeft).min(Comparator.naturalOrder());
    }

    private List<Lease> admitted() {
        lock.lock();
        try {
            changed.signalAll();
            return List.copyOf(leases);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        admitted().forEach(Lease::discard);
        List<Connection> left;
        synchronized (this) {
            left = List.copyOf(idle);
            idle.clear();
        }
        left.forEach(Connection::retire);
    }
}
