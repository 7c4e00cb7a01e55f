package comfybucket.store.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A way to an S3 server, whichever, on which faults happen as a plan says. Signatures stay right, because nothing that
 * is signed is changed. Requests and answers are held in memory whole.
 */
public final class FaultProxy implements AutoCloseable {
    /** A request, and what was done to it. */
    public record Event(Asked asked, Optional<Injection> injection) {
        @Override
        public String toString() {
            return asked.operation() + " " + asked.target()
                    + injection.map(struck -> " " + struck).orElse("");
        }
    }

    private final URI store;
    private final long seed;
    private final ServerSocket door;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Semaphore others = new Semaphore(1, true);
    private volatile FaultPlan plan = FaultPlan.never();

    /**
     * Starts, without faults.
     *
     * @param seed for what faults leave to chance
     */
    public FaultProxy(URI store, long seed) throws IOException {
        this.store = store;
        this.seed = seed;
        this.door = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("faults").start(this::accept);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** What happens from now on. */
    public void set(FaultPlan next) {
        plan = next;
    }

    /** All requests so far, in the order of their arrival, with what happened to them. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** How many of them were struck. */
    public long struck() {
        return events.stream().filter(event -> event.injection().isPresent()).count();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                clients.add(client);
                Thread.ofVirtual().name("faulty connection").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream());
                Upstream upstream = new Upstream(store)) {
            client.setTcpNoDelay(true);
            Optional<Head> head = Head.read(in);
            while (head.isPresent() && serveOne(head.get(), client, in, upstream)) {
                head = Head.read(in);
            }
        } catch (IOException gone) {
            // One of the two sides has gone, of itself or by a fault.
        } finally {
            clients.remove(client);
        }
    }

    private boolean serveOne(Head head, Socket client, InputStream in, Upstream upstream) throws IOException {
        others.acquireUninterruptibly();
        others.release();
        String operation = Asked.operation(head);
        long number =
                counts.computeIfAbsent(operation, absent -> new AtomicLong()).getAndIncrement();
        Asked asked = new Asked(operation, head.word(0), head.word(1), number);
        Optional<Injection> injection = plan.next(asked);
        events.add(new Event(asked, injection));
        Exchange exchange = new Exchange(head, client, in, upstream, asked.random(seed), others);
        if (injection.isPresent()) {
            return injection
                            .get()
                            .fault()
                            .strike()
                            .run(exchange, injection.get().position())
                    && !head.isLast();
        }
        Message answer = exchange.effect();
        exchange.send(answer);
        return !answer.head().isLast() && !head.isLast();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
