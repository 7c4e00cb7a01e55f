package comfybucket.media.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Adler32;

/** A zlib stream of rows of equal length. The caller writes each row into the compressor's own array. */
public final class RowCompressor {
    /** DEFLATE with the full window, and no claim about the effort (RFC 1950, 2.2). */
    private static final int ZLIB_HEADER = 0x0178;

    private final BitWriter out;
    private final Window window;
    private final Prices prices;
    private final BlockStream blocks;
    private final Matcher matcher;
    private final Adler32 checksum = new Adler32();

    private RowCompressor(Window window, Matcher matcher, int expectedBytes) {
        this.window = window;
        this.matcher = matcher;
        out = new BitWriter(expectedBytes);
        prices = new Prices(window.capacity());
        blocks = new BlockStream(out, prices);
        out.put(ZLIB_HEADER, 16);
        out.flush();
    }

    /**
     * For rows that hardly repeat, each a byte and then pixels.
     *
     * @param expectedBytes of the stream; more are possible
     */
    public static RowCompressor forPhotos(int rowBytes, int pixelBytes, int expectedBytes) {
        return new RowCompressor(new Window(rowBytes), new PhotoMatcher(pixelBytes), expectedBytes);
    }

    /** For rows that repeat; slower on others. */
    public static RowCompressor forDrawings(int rowBytes, int pixelBytes, int expectedBytes) {
        return new RowCompressor(new Window(rowBytes), new DrawingMatcher(1, pixelBytes, rowBytes), expectedBytes);
    }

    /** Where to write the next row; it must be asked for again for each row. */
    public byte[] array() {
        return window.bytes();
    }

    /** The row's first index in {@link #array}. */
    public int next() {
        return window.end();
    }

    /** Takes the row that was written. */
    public void addRow() {
        window.addRow();
        if (window.isFull()) {
            compress();
        }
    }

    private void compress() {
        int start = window.start();
        int end = window.end();
        checksum.update(window.bytes(), start, end - start);
        prices.survey(window.bytes(), start, end);
        matcher.scan(window, prices, blocks);
        window.slide();
    }

    /** The whole stream. */
    public ByteBuffer finish() {
        compress();
        blocks.finish();
        out.align();
        out.put(Integer.toUnsignedLong(Integer.reverseBytes((int) checksum.getValue())), 32);
        out.flush();
        return out.bytes();
    }
}
