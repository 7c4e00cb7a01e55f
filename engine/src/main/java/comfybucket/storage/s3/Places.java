package comfybucket.storage.s3;

/**
 * How many requests may run at once. Half as many as run when the store asks to slow down, and one more each time that
 * all of them have been answered since, so that their number stays close to what the store can bear.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5681">RFC 5681</a>, from which TCP does the same
 */
final class Places {
    private final int most;
    private int allowed;
    private int taken;
    private int answered;
    private long lastSign = System.nanoTime();

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

    /**
     * The store asked to slow down. Requests that are under way together are refused together, which is one sign and not
     * several.
     *
     * @param begun when the request was sent, by {@link System#nanoTime}
     */
    synchronized void busy(long begun) {
        if (begun - lastSign >= 0) {
            allowed = Math.max(1, Math.min(allowed, taken) / 2);
            lastSign = System.nanoTime();
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
