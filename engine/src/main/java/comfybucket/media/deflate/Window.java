package comfybucket.media.deflate;

/**
 * The bytes that matches may reach: some new rows, and before them the old bytes that DEFLATE still knows. Positions are
 * those in the stream; the array slides along it.
 */
final class Window {
    /** Rows are taken in bands of about this many bytes, which fit into a processor's cache beside the tables. */
    private static final int BAND_BYTES = 1 << 16;

    private final int rowBytes;
    private final int capacity;
    private final byte[] bytes;

    /** New rows are {@code bytes[start]} to {@code bytes[end - 1]}. */
    private int start;

    private int end;

    /** What to add to an index for the position in the stream. */
    private int offset;

    Window(int rowBytes) {
        this.rowBytes = rowBytes;
        capacity = Symbols.FARTHEST + Math.max(1, BAND_BYTES / rowBytes) * rowBytes;
        bytes = new byte[capacity + Bytes.READ_AHEAD];
    }

    /** May be read {@link Bytes#READ_AHEAD} bytes behind the end. */
    byte[] bytes() {
        return bytes;
    }

    int rowBytes() {
        return rowBytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int offset() {
        return offset;
    }

    int capacity() {
        return capacity;
    }

    /** Takes the row that was written at {@link #end}. */
    void addRow() {
        end += rowBytes;
    }

    boolean isFull() {
        return end + rowBytes > capacity;
    }

    /** Makes the new rows old. */
    void slide() {
        int drop = Math.max(0, end - Symbols.FARTHEST);
        System.arraycopy(bytes, drop, bytes, 0, end - drop);
        offset += drop;
        end -= drop;
        start = end;
    }
}
