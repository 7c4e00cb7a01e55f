package comfybucket.cli;

import comfybucket.error.Amount;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a transfer is, in bytes, for somebody who looks on. What there is to do may grow while it is done. */
final class Bar implements AutoCloseable {
    private final ProgressBar bar;
    private long toHash;
    private long hashed;
    private boolean closed;

    private Bar(ProgressBar bar) {
        this.bar = bar;
    }

    static Bar of(String title) {
        return new Bar(builder(title).build());
    }

    /** @param shown gets what is to be seen, instead of the terminal */
    static Bar of(String title, ProgressBarConsumer shown) {
        return new Bar(builder(title).setConsumer(shown).build());
    }

    private static ProgressBarBuilder builder(String title) {
        return ProgressBar.builder()
                .setTaskName(title)
                .setInitialMax(0)
                .setUnit(" MB", 1 << 20)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                // Also while nothing moves, since something is told then too.
                .continuousUpdate()
                .showSpeed()
                .clearDisplayOnFinish();
    }

    synchronized void expect(long bytes) {
        bar.maxHint(bar.getMax() + bytes);
    }

    void moved(long bytes) {
        bar.stepBy(bytes);
    }

    /** So much more is read before it can move. */
    synchronized void expectHash(long bytes) {
        toHash += bytes;
    }

    /** So much of that has been; shown until all has. */
    synchronized void hashed(long bytes) {
        hashed += bytes;
        if (hashed < toHash) {
            bar.setExtraMessage(" hashing " + Amount.of(hashed) + " of " + Amount.of(toHash));
        } else {
            bar.setExtraMessage("");
            hashed = 0;
            toHash = 0;
        }
    }

    /** Takes it off the terminal; once only, since the bar draws itself a last time over what was printed since. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            bar.close();
            // One that ends before it was first drawn has only been drawn by that.
            bar.close();
        }
    }
}
