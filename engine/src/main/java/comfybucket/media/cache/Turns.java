package comfybucket.media.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One at a time for each object: two nodes that want it at the same time fetch it once. */
final class Turns {
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        private int wanted;
    }

    private final Map<Versions, Turn> turns = new HashMap<>();

    /** @throws CancellationException when the thread is interrupted while it waits */
    <T> T take(Versions object, Supplier<T> work) {
        Turn turn = enter(object);
        try {
            turn.lock.lockInterruptibly();
            try {
                return work.get();
            } finally {
                turn.lock.unlock();
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            leave(object, turn);
        }
    }

    private synchronized Turn enter(Versions object) {
        Turn turn = turns.computeIfAbsent(object, _ -> new Turn());
        turn.wanted++;
        return turn;
    }

    private synchronized void leave(Versions object, Turn turn) {
        if (--turn.wanted == 0) {
            turns.remove(object);
        }
    }
}
