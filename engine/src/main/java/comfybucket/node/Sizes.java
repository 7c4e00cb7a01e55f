package comfybucket.node;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them. */
final class Sizes {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};
    private static final double STEP = 1024;

    /** Such as {@code 4.2 GB}. */
    static String bytes(long count) {
        double amount = count;
        String unit = "B";
        for (int i = 0; amount >= STEP && i < UNITS.length; i++) {
            amount /= STEP;
            unit = UNITS[i];
        }
        return unit.equals("B") ? count + " B" : String.format(Locale.ROOT, "%.1f %s", amount, unit);
    }

    /** Such as {@code 3m12s}, {@code 12.3s} or {@code 850ms}. */
    static String duration(Duration time) {
        if (time.toSeconds() >= 60) {
            return String.format(Locale.ROOT, "%dm%02ds", time.toMinutes(), time.toSecondsPart());
        }
        return time.toMillis() >= 1000
                ? String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0)
                : time.toMillis() + "ms";
    }

    private Sizes() {}
}
