package comfybucket.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a transfer is, in bytes, for somebody who looks on. What there is to do may grow while it is done. */
final class Bar implements AutoCloseable {
    private final ProgressBar bar;

    private Bar(ProgressBar bar) {
        this.bar = bar;
    }

    static Bar of(String title) {
        return new Bar(ProgressBar.builder()
                .setTaskName(title)
                .setInitialMax(0)
                .setUnit(" MB", 1 << 20)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .showSpeed()
                .clearDisplayOnFinish()
                .build());
    }

    synchronized void expect(long bytes) {
        bar.maxHint(bar.getMax() + bytes);
    }

    void moved(long bytes) {
        bar.stepBy(bytes);
    }

    @Override
    public void close() {
        bar.close();
    }
}
