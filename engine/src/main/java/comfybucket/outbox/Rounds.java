package comfybucket.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is done again and again while the process lives: it shows that it does, and looks after what others have left. */
final class Rounds implements Runnable {
    private static final System.Logger LOG = System.getLogger("comfybucket");
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final int SWEEP_TICKS = 6;

    private final Owner owner;
    private final Claims claims;
    private final Leftovers leftovers;
    private final Lanes lanes;
    private final Reports reports;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean begun = new AtomicBoolean();
    private int count;

    Rounds(
            Owner owner,
            Claims claims,
            Leftovers leftovers,
            Lanes lanes,
            Reports reports,
            ScheduledExecutorService timer) {
        this.owner = owner;
        this.claims = claims;
        this.leftovers = leftovers;
        this.lanes = lanes;
        this.reports = reports;
        this.timer = timer;
    }

    /** Also takes over, at once, what waits for a start. */
    void start() {
        timer.execute(() -> {
            int found = takeOver(true);
            if (found > 0) {
                reports.found(found);
            }
        });
        begin();
    }

    /** Cheap when it was called before. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            var _ = timer.scheduleWithFixedDelay(this, 1, TICK.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void run() {
        try {
            owner.beatIfPresent();
            reports.flush();
            leftovers.clean();
            if (++count % SWEEP_TICKS == 0) {
                takeOver(false);
            }
            claims.leaveIfDone();
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING, "The outbox cannot be looked after: {0}", failed.toString());
        }
    }

    /**
     * Goes on with what dead processes have left.
     *
     * @param heldToo also what somebody had to do something about first
     * @return how many jobs there were
     */
    private int takeOver(boolean heldToo) {
        try {
            List<Task> tasks = claims.claimAll(owner -> leftovers.takeOver(heldToo));
            if (heldToo) {
                claims.noneHeld();
            }
            tasks.forEach(task -> lanes.add(task, true));
            return tasks.size();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "The outbox cannot be looked through: {0}", unreadable.toString());
        }
        return 0;
    }
}
