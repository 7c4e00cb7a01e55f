package comfybucket.outbox;

import comfybucket.naming.OnConflict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the order of saves that replace each other under one key: one at a time, and an older one not after a newer one,
 * by which it was to be replaced anyway.
 */
final class Overwrites {
    private static final int KEPT = 1000;

    /** One key, with the newest save that has reached it. */
    private static final class Place {
        private final ReentrantLock lock = new ReentrantLock();
        private Instant newest = Instant.MIN;
    }

    private final Map<String, Place> places = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
            return size() > KEPT && !eldest.getValue().lock.isLocked();
        }
    };

    /** What is done while no other save for the key is sent. */
    @FunctionalInterface
    interface Sending<T> {
        T run(boolean superseded);
    }

    Outcome inTurn(Task task, Sending<Outcome> sending) {
        Job job = task.job();
        if (job.onConflict() != OnConflict.OVERWRITE) {
            return sending.run(false);
        }
        Place place =
                place(job.destination().endpoint() + "\n" + job.destination().bucket() + "\n" + job.key());
        place.lock.lock();
        try {
            Outcome outcome = sending.run(job.created().isBefore(place.newest));
            if (outcome instanceof Outcome.Sent && job.created().isAfter(place.newest)) {
                place.newest = job.created();
            }
            return outcome;
        } finally {
            place.lock.unlock();
        }
    }

    private synchronized Place place(String key) {
        return places.computeIfAbsent(key, missing -> new Place());
    }
}
