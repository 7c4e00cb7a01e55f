package comfybucket.node;

import comfybucket.error.Amount;
import comfybucket.transfer.TransferProgress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Passes on how far a transfer is, and how fast: {@code 1.2 GB of 4.2 GB · 85.0 MB/s · 35s left}. */
final class TransferLine implements TransferProgress {
    /** Nanoseconds that the speed is taken from: long enough to be steady, short enough to follow the link. */
    private static final long WINDOW = Duration.ofSeconds(5).toNanos();

    private static final long STEP = Duration.ofMillis(250).toNanos();

    private final Progress progress;
    private final Deque<Reading> readings = new ArrayDeque<>();

    /** @param nanos when that was so */
    private record Reading(long nanos, long done) {}

    TransferLine(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void update(long done, long total) {
        progress.update(done, total, () -> line(done, total, System.nanoTime()));
    }

    synchronized String line(long done, long total, long nanos) {
        if (readings.isEmpty() || nanos - readings.getLast().nanos() >= STEP) {
            readings.addLast(new Reading(nanos, done));
        }
        while (readings.size() > 2 && nanos - readings.getFirst().nanos() > WINDOW) {
            readings.removeFirst();
        }
        String amount = Amount.of(done) + " of " + Amount.of(total);
        Reading first = readings.getFirst();
        long moved = done - first.done();
        long time = nanos - first.nanos();
        if (time < STEP || moved <= 0) {
            return amount;
        }
        double perSecond = moved * 1e9 / time;
        Duration left = Duration.ofSeconds((long) Math.ceil((total - done) / perSecond));
        return amount + " · " + Amount.of((long) perSecond) + "/s · " + left(left) + " left";
    }

    private static String left(Duration time) {
        return time.toMinutes() > 0
                ? time.toMinutes() + "m" + String.format(Locale.ROOT, "%02ds", time.toSecondsPart())
                : time.toSeconds() + "s";
    }
}
