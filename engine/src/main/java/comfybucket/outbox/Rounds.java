package comfybucket.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is done again and again while the process lives: it shows that it does, and looks after what others have left. */
final class Rounds implements Runnable {
    private static final System.Logger LOG = System.getLogger("comfybucket");
    private static final int SWEEP_TICKS = 6;

    private final Owner owner;
    private final Claims claims;
    private final Leftovers leftovers;
    private final Lanes lanes;
    private final Reports reports;
    private final ScheduledExecutorService timer;
    private final Duration tick;
    private final AtomicBoolean begun = new AtomicBoolean();
    private Supplier<?> settings = () -> "";
    private Object knownSettings = "";
    private int count;

    Rounds(
            Owner owner,
            Claims claims,
            Leftovers leftovers,
            Lanes lanes,
            Reports reports,
            ScheduledExecutorService timer,
            Duration tick) {
        this.owner = owner;
        this.claims = claims;
        this.leftovers = leftovers;
        this.lanes = lanes;
        this.reports = reports;
        this.timer = timer;
        this.tick = tick;
    }

    /**
     * Also takes over, at once, what waits for a start.
     *
     * @param settings gives something else when they have changed; what failed because of them is tried again then
     */
    void start(Supplier<?> settings) {
        timer.execute(() -> {
            knownSettings = settings.get();
            this.settings = settings;
            int found = takeOver(held -> true);
            if (found > 0) {
                reports.found(found);
            }
        });
        begin();
    }

    /** Cheap when it was called before. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            var _ = timer.scheduleWithFixedDelay(this, tick.toMillis() / 10, tick.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void run() {
        try {
            owner.beatIfPresent();
            reports.flush();
            claims.areHeld(leftovers.clean());
            if (++count % SWEEP_TICKS == 0) {
                takeOver(held -> false);
            }
            lookAtSettings();
            claims.leaveIfDone();
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING, "The outbox cannot be looked after: {0}", failed.toString());
        }
    }

    private void lookAtSettings() {
        Object now = settings.get();
        if (!now.equals(knownSettings)) {
            knownSettings = now;
            int again = takeOver(Leftovers::isOfSettings);
            if (again > 0) {
                reports.triedAgain(again);
            }
            lanes.wake();
        }
    }

    /**
     * Goes on with what dead processes have left.
     *
     * @param held what of that too about which somebody had to do something first
     * @return how many jobs there were
     */
    private int takeOver(Predicate<Entry> held) {
        try {
            List<Task> tasks = claims.claimAll(owner -> leftovers.takeOver(held));
            tasks.forEach(task -> lanes.add(task, true));
            claims.areHeld(leftovers.clean());
            return tasks.size();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "The outbox cannot be looked through: {0}", unreadable.toString());
        }
        return 0;
    }
}
