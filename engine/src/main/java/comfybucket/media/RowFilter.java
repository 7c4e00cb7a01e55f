package comfybucket.media;

/**
 * Applies to each row of a picture the PNG filter that leaves least (PNG specification, 9). Rows come in order.
 *
 * <p>The arithmetic is done in arrays of {@code int}, all indexed alike: that is the form in which HotSpot turns the loops
 * into vector instructions.
 */
final class RowFilter {
    private static final int SUB = 1;
    private static final int UP = 2;
    private static final int AVERAGE = 3;
    private static final int PAETH = 4;

    /** The cheapest first; of equals the first is taken. */
    private static final int[] FILTERS = {UP, SUB, PAETH, AVERAGE};

    /** Beyond this a residual costs about the same; without the cut a few edges would outvote a row's texture. */
    private static final int DEAREST = 24;

    private final int stride;
    private final int pixelBytes;

    /** For each sample of the row, from 0 to 255: itself, the one a pixel before, and both of them in the row above. */
    private int[] row;

    private int[] left;
    private int[] above;
    private int[] aboveLeft;

    private int[] best;
    private int[] tried;

    RowFilter(int stride, int pixelBytes) {
        this.stride = stride;
        this.pixelBytes = pixelBytes;
        row = new int[stride];
        left = new int[stride];
        above = new int[stride];
        aboveLeft = new int[stride];
        best = new int[stride];
        tried = new int[stride];
    }

    /** Writes the filter's number and the filtered row, stride + 1 bytes. */
    void filter(byte[] samples, byte[] line, int to) {
        widen(samples, row);
        System.arraycopy(row, 0, left, pixelBytes, stride - pixelBytes);
        line[to] = (byte) choose();
        narrow(best, line, to + 1);
        int[] spare = above;
        above = row;
        row = spare;
        spare = aboveLeft;
        aboveLeft = left;
        left = spare;
    }

    /** The filter that leaves least; the residuals are then in {@link #best}. */
    private int choose() {
        int chosen = 0;
        int least = Integer.MAX_VALUE;
        for (int filter : FILTERS) {
            residuals(filter);
            int cost = cost(tried);
            if (cost < least) {
                least = cost;
                chosen = filter;
                int[] spare = best;
                best = tried;
                tried = spare;
            }
            if (least <= DEAREST * pixelBytes) {
                break; // at most the first pixel is left
            }
        }
        return chosen;
    }

    private void residuals(int filter) {
        switch (filter) {
            case UP -> subtract(row, above, tried);
            case SUB -> subtract(row, left, tried);
            case AVERAGE -> subtractAverage(row, left, above, tried);
            case PAETH -> subtractPaeth(row, left, above, aboveLeft, tried);
            default -> throw new IllegalArgumentException("No such filter: " + filter);
        }
    }

    private static void widen(byte[] samples, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = samples[i] & 0xff;
        }
    }

    private static void subtract(int[] row, int[] prediction, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = row[i] - prediction[i];
        }
    }

    private static void subtractAverage(int[] row, int[] left, int[] above, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = row[i] - ((left[i] + above[i]) >> 1);
        }
    }

    /** Of a, b and c the one nearest to a + b - c, chosen by masks of sign bits in place of branches. */
    private static void subtractPaeth(int[] row, int[] left, int[] above, int[] aboveLeft, int[] to) {
        for (int i = 0; i < to.length; i++) {
            int a = left[i];
            int b = above[i];
            int c = aboveLeft[i];
            int toA = size(b - c);
            int toB = size(a - c);
            int toC = size(a + b - c - c);
            int nearer = select(toB - toA, b, a);
            int nearest = select(toC - least(toA, toB), c, nearer);
            to[i] = row[i] - nearest;
        }
    }

    private static int cost(int[] residuals) {
        int cost = 0;
        for (int i = 0; i < residuals.length; i++) {
            cost += least(size((byte) residuals[i]), DEAREST);
        }
        return cost;
    }

    // Math.abs and Math.min without calls or branches, which cost most while a new JVM has not yet optimised.

    private static int size(int value) {
        int sign = value >> 31;
        return (value ^ sign) - sign;
    }

    private static int least(int a, int b) {
        return select(a - b, a, b);
    }

    private static int select(int sign, int ifNegative, int otherwise) {
        return otherwise ^ ((otherwise ^ ifNegative) & (sign >> 31));
    }

    private static void narrow(int[] residuals, byte[] line, int to) {
        for (int i = 0; i < residuals.length; i++) {
            line[to + i] = (byte) residuals[i];
        }
    }
}
