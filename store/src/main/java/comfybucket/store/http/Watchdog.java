package comfybucket.store.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes the connections whose deadline has passed. Looks once a second, so a deadline is kept to the second. */
final class Watchdog implements AutoCloseable {
    private static final long PERIOD_MILLIS = 1_000;

    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("store-watchdog").start(this::run);

    void watch(Wire wire) {
        wires.add(wire);
    }

    void forget(Wire wire) {
        wires.remove(wire);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                long now = System.nanoTime();
                wires.stream().filter(wire -> wire.overdue(now)).forEach(Watchdog::drop);
            }
        } catch (InterruptedException closed) {
            wires.forEach(Watchdog::drop);
        }
    }

    private static void drop(Wire wire) {
        try {
            wire.close();
        } catch (IOException gone) {
            // The connection is of no use any more either way.
        }
    }

    /** Stops watching and closes every connection. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
