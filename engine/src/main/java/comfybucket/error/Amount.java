package comfybucket.error;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of bytes as people read them, in messages as on nodes: a MB has 1,024 × 1,024 bytes. */
public final class Amount {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB", "PB", "EB"};
    private static final int STEP = 1024;
    /** What would be shown as 1000.0 goes into the next unit. */
    private static final double LARGEST = 999.95;

    /** {@code 17 B}, {@code 1.2 MB}. */
    public static String of(long bytes) {
        return of(bytes, RoundingMode.HALF_UP);
    }

    /** The same, not less than there are: for what has to be freed or found. */
    public static String atLeast(long bytes) {
        return of(bytes, RoundingMode.CEILING);
    }

    private static String of(long bytes, RoundingMode rounding) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double value = (double) bytes / STEP;
        int unit = 0;
        while (value >= LARGEST && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return new BigDecimal(value).setScale(1, rounding).toPlainString() + " " + UNITS[unit];
    }

    private Amount() {}
}
