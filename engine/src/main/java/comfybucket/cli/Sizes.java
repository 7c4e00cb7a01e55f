package comfybucket.cli;

import java.util.Locale;

/** Sizes for people, in the units of the nodes: a MB has 1,024 × 1,024 bytes. */
final class Sizes {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB", "PB", "EB"};

    /** {@code 17 B}, {@code 1.2 MB}. */
    static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    private Sizes() {}
}
