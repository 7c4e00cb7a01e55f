package comfybucket.cli;

import comfybucket.error.Amount;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a transfer is, in bytes, for somebody who looks on. What there is to do may grow while it is done. */
final class Bar implements AutoCloseable {
    private final ProgressBar bar;
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

    /** So much more was read of what has to be read before it can move; shown until all of it was. */
    synchronized void hashed(long bytes) {
        hashed += bytes;
        bar.setExtraMessage(
                hashed < bar.getMax() ? " hashing " + Amount.of(hashed) + " of " + Amount.of(bar.getMax()) : "");
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
