package comfybucket.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** What is sent while nobody waits for it, by where it goes. */
final class Lanes {
    private final Attempts attempts;
    private final Claims claims;
    private final ScheduledExecutorService timer;
    private final Reports reports;
    private final Map<Destination, Lane> lanes = new ConcurrentHashMap<>();

    Lanes(Attempts attempts, Claims claims, ScheduledExecutorService timer, Reports reports) {
        this.attempts = attempts;
        this.claims = claims;
        this.timer = timer;
        this.reports = reports;
    }

    /** @param late whether the user has waited for it in vain, and is told when it is in the bucket */
    void add(Task task, boolean late) {
        lanes.computeIfAbsent(
                        task.job().destination(),
                        destination -> new Lane(this::attempt, timer, RandomGenerator.getDefault(), reports))
                .add(task, late);
    }

    private Outcome attempt(Task task) {
        Outcome outcome = attempts.attempt(task, bytes -> {});
        if (outcome instanceof Outcome.Held(var cause)) {
            claims.hold(task);
            reports.held(cause, task.uri());
        }
        return outcome;
    }

    /** Tries at once what waits for a store to answer. */
    void wake() {
        lanes.values().forEach(Lane::wake);
    }

    /** What holds jobs up, for the user; nothing as long as everything goes its way. */
    List<String> trouble() {
        List<String> lines = new ArrayList<>();
        lanes.forEach((destination, lane) -> lane.trouble()
                .ifPresent(cause -> lines.add("outbox: " + lane.waiting() + " waiting for " + destination.bucket()
                        + ": " + cause.getMessage())));
        return lines;
    }

    /** Lets what is being sent come to its end, but not for long, and begins nothing. */
    void close(Duration patience) throws InterruptedException {
        lanes.values().forEach(Lane::beginNoMore);
        long end = System.nanoTime() + patience.toNanos();
        for (Lane lane : lanes.values()) {
            lane.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }
}
