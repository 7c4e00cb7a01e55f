package comfybucket.storage.s3;

import java.time.Duration;

/**
 * How many requests may run at once. Half as many when the store asks to slow down, and one more each time that all of
 * them have been answered since, so that their number stays close to what the store can bear.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5681">RFC 5681</a>, from which TCP does the same
 */
final class Places {
    /** Requests that were under way together are refused together; that is one sign and not several. */
    private static final Duration ONE_SIGN = Duration.ofMillis(500);

    private final int most;
    private int allowed;
    private int taken;
    private int answered;
    private long lastSign = System.nanoTime() - ONE_SIGN.toNanos();

    /** @param most what is allowed unless the store complains */
    Places(int most) {
        this.most = most;
        this.allowed = most;
    }

    synchronized void take() throws InterruptedException {
        while (taken >= allowed) {
            wait();
        }
        taken++;
    }

    synchronized void giveBack() {
        taken--;
        notify();
    }

    /** The store asked to slow down. */
    synchronized void busy() {
        long now = System.nanoTime();
        if (now - lastSign >= ONE_SIGN.toNanos()) {
            allowed = Math.max(1, allowed / 2);
            lastSign = now;
        }
        answered = 0;
    }

    /** The store did what it was asked to. */
    synchronized void answered() {
        if (allowed < most && ++answered >= allowed) {
            answered = 0;
            allowed++;
            notify();
        }
    }

    synchronized int allowed() {
        return allowed;
    }
}
