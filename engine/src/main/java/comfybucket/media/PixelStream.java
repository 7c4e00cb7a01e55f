package comfybucket.media;

import comfybucket.media.deflate.RowCompressor;
import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** A picture's rows, filtered and compressed: what a PNG's IDAT chunk holds. */
final class PixelStream {
    /** A guess at the first buffer. */
    private static final int EXPECTED_SHRINKING = 2;

    /** Bytes that the JDK's own deflater gives at a time. */
    private static final int STORED_PIECE = 1 << 16;

    private PixelStream() {}

    /** Without filters and not compressed. */
    static byte[] store(Image8 image) {
        int row = image.stride() + 1;
        byte[] rows = new byte[row * image.height()];
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(image.samples(), y * image.stride(), rows, y * row + 1, image.stride());
        }
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
        try {
            deflater.setInput(rows);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(rows.length + STORED_PIECE);
            byte[] piece = new byte[STORED_PIECE];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    static byte[] compress(Image8 image) {
        return compress(image, Content.of(image));
    }

    static byte[] compress(Image8 image, Content content) {
        return switch (content) {
            case PHOTO -> filtered(image);
            case DRAWING -> unfiltered(image);
        };
    }

    private static byte[] filtered(Image8 image) {
        RowCompressor out = RowCompressor.forPhotos(
                image.stride() + 1, image.channels(), image.samples().length / EXPECTED_SHRINKING);
        RowFilter filter = new RowFilter(image.stride(), image.channels());
        for (int y = 0; y < image.height(); y++) {
            filter.filter(image.samples(), y * image.stride(), out.array(), out.next());
            out.addRow();
        }
        return out.finish();
    }

    private static byte[] unfiltered(Image8 image) {
        RowCompressor out = RowCompressor.forDrawings(
                image.stride() + 1, image.channels(), image.samples().length / (8 * EXPECTED_SHRINKING));
        for (int y = 0; y < image.height(); y++) {
            out.array()[out.next()] = 0;
            System.arraycopy(image.samples(), y * image.stride(), out.array(), out.next() + 1, image.stride());
            out.addRow();
        }
        return out.finish();
    }
}
