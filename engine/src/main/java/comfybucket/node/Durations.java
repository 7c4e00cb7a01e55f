package comfybucket.node;

import java.time.Duration;
import java.util.Locale;

/** Times as people read them. */
final class Durations {
    /** Such as {@code 3m12s}, {@code 12.3s} or {@code 850ms}. */
    static String text(Duration time) {
        if (time.toSeconds() >= 60) {
            return String.format(Locale.ROOT, "%dm%02ds", time.toMinutes(), time.toSecondsPart());
        }
        return time.toMillis() >= 1000
                ? String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0)
                : time.toMillis() + "ms";
    }

    private Durations() {}
}
