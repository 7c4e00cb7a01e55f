package comfybucket.outbox;

import comfybucket.error.CloudException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The jobs for one destination, sent in the order in which they were accepted, several at a time. A store that is in
 * trouble is asked by one job at a time, after pauses that grow; requests are tried again by the store's adapter and
 * nowhere else.
 */
final class Lane {
    private static final int WIDTH = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Function<Task, Outcome> attempt;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final Reports reports;
    private final Deque<Task> queue = new ArrayDeque<>();
    private int width = WIDTH;
    private int running;
    private int failures;
    private boolean paused;
    private boolean stopped;
    private int late;
    private Optional<CloudException> trouble = Optional.empty();

    Lane(Function<Task, Outcome> attempt, ScheduledExecutorService timer, RandomGenerator random, Reports reports) {
        this.attempt = attempt;
        this.timer = timer;
        this.random = random;
        this.reports = reports;
    }

    /** @param isLate whether the user has waited for it in vain, and is told when it is in the bucket */
    synchronized void add(Task task, boolean isLate) {
        queue.add(task);
        late += isLate ? 1 : 0;
        begin();
    }

    /** Tries at once again, without waiting for the end of a pause. */
    synchronized void wake() {
        paused = false;
        begin();
    }

    /** How many jobs are not in the bucket yet. */
    synchronized int waiting() {
        return queue.size() + running;
    }

    /** Why they have to wait, while they have to. */
    synchronized Optional<CloudException> trouble() {
        return trouble;
    }

    synchronized void beginNoMore() {
        stopped = true;
    }

    /** Waits a while for what runs. */
    synchronized void await(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); running > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private void begin() {
        while (!stopped && !paused && running < width && !queue.isEmpty()) {
            Task task = queue.removeFirst();
            running++;
            Thread.ofVirtual().name("outbox " + task.job().id()).start(() -> run(task));
        }
    }

    private void run(Task task) {
        Outcome outcome = new Outcome.Gone();
        try {
            outcome = attempt.apply(task);
        } finally {
            ended(task, outcome);
        }
    }

    private synchronized void ended(Task task, Outcome outcome) {
        running--;
        switch (outcome) {
            case Outcome.Sent sent -> succeeded();
            case Outcome.Waits(CloudException cause) -> {
                queue.addFirst(task);
                pause(cause);
            }
            case Outcome.Held held -> {}
            case Outcome.Gone gone -> {}
        }
        begin();
        notifyAll();
    }

    private void succeeded() {
        if (trouble.isPresent()) {
            late += queue.size() + running + 1;
        }
        failures = 0;
        trouble = Optional.empty();
        width = Math.min(WIDTH, width * 2);
        if (queue.isEmpty() && running == 0 && late > 0) {
            reports.caughtUp(late);
            late = 0;
        }
    }

    private void pause(CloudException cause) {
        width = 1;
        if (trouble.isEmpty()) {
            reports.waits(cause, queue.size() + running);
        }
        trouble = Optional.of(cause);
        if (!paused && !stopped) {
            paused = true;
            failures++;
            long longest = Math.min(FIRST_PAUSE.toMillis() << Math.min(failures - 1, 20), LONGEST_PAUSE.toMillis());
            long drawn = longest / 2 + random.nextLong(longest / 2 + 1);
            var _ = timer.schedule(this::wake, drawn, TimeUnit.MILLISECONDS);
        }
    }
}
