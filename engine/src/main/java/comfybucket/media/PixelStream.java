package comfybucket.media;

import comfybucket.media.deflate.RowCompressor;

/** A picture's rows, filtered and compressed: what a PNG's IDAT chunk holds. */
final class PixelStream {
    /** A guess at the first buffer. */
    private static final int EXPECTED_SHRINKING = 2;

    private PixelStream() {}

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
