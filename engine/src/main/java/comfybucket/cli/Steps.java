package comfybucket.cli;

import comfybucket.node.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Work in steps, each with a bar while it runs at a terminal and a line with its time when it has ended. */
final class Steps {
    private final PrintWriter out;
    private final boolean terminal = Terminal.isInteractive();

    Steps(PrintWriter out) {
        this.out = out;
    }

    /** What a step does, saying how far it is. */
    interface Work<T> {
        T run(Progress progress) throws IOException;
    }

    <T> T run(String title, int total, Work<T> work) throws IOException {
        long start = System.nanoTime();
        T result = terminal ? withBar(title, total, work) : work.run(Progress.NONE);
        out.printf(Locale.ROOT, "%-20s %5.2f s%n", title, (System.nanoTime() - start) / 1e9);
        out.flush();
        return result;
    }

    private static <T> T withBar(String title, int total, Work<T> work) throws IOException {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName(title)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .clearDisplayOnFinish();
        try (ProgressBar bar = builder.build()) {
            return work.run((value, max) -> {
                bar.maxHint(max);
                bar.stepTo(value);
            });
        }
    }
}
