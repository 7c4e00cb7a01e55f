package comfybucket.media;

import comfybucket.media.deflate.RowCompressor;
import comfybucket.media.deflate.StoredRows;
import java.nio.ByteBuffer;

/** A picture's rows, filtered and compressed: what a PNG's IDAT chunk holds. */
final class PixelStream {
    /** A guess at the first buffer. */
    private static final int EXPECTED_SHRINKING = 2;

    private PixelStream() {}

    /** Without filters and not compressed. */
    static ByteBuffer store(Image8 image) {
        byte[] row = new byte[1 + image.stride()];
        StoredRows out = new StoredRows(row.length, image.height());
        for (int y = 0; y < image.height(); y++) {
            image.copyRows(y, 1, row, 1);
            out.add(row);
        }
        return out.finish();
    }

    static ByteBuffer compress(Image8 image) {
        return compress(image, Content.of(image));
    }

    static ByteBuffer compress(Image8 image, Content content) {
        return switch (content) {
            case PHOTO -> filtered(image);
            case DRAWING -> unfiltered(image);
        };
    }

    private static ByteBuffer filtered(Image8 image) {
        RowCompressor out =
                RowCompressor.forPhotos(image.stride() + 1, image.channels(), expected(image, EXPECTED_SHRINKING));
        RowFilter filter = new RowFilter(image.stride(), image.channels());
        byte[] row = new byte[image.stride()];
        for (int y = 0; y < image.height(); y++) {
            image.copyRows(y, 1, row, 0);
            filter.filter(row, out.array(), out.next());
            out.addRow();
        }
        return out.finish();
    }

    private static ByteBuffer unfiltered(Image8 image) {
        RowCompressor out = RowCompressor.forDrawings(
                image.stride() + 1, image.channels(), expected(image, 8 * EXPECTED_SHRINKING));
        for (int y = 0; y < image.height(); y++) {
            out.array()[out.next()] = 0;
            image.copyRows(y, 1, out.array(), out.next() + 1);
            out.addRow();
        }
        return out.finish();
    }

    private static int expected(Image8 image, int shrinking) {
        return (int) (image.samples().byteSize() / shrinking);
    }
}
