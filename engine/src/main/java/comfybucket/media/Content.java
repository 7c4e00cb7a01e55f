package comfybucket.media;

/** What a picture shows, as far as it decides how its pixels are compressed best. */
enum Content {
    /** Gradients, texture and grain: a pixel's neighbours foretell it, and what is left over hardly repeats. */
    PHOTO,
    /** Plain areas, letters and lines: pixels repeat as they are. */
    DRAWING;

    /** Below this share of pixels that equal the one before, no picture was seen that is better off as a drawing. */
    private static final double PLAIN_SHARE = 0.5;

    /** A drawing is compressed more slowly, which must be worth something. */
    private static final double WORTHWHILE = 0.95;

    private static final int STRIP_ROWS = 32;
    private static final int STRIP_EVERY = 512;

    /** Most photographs are known by a look at their pixels; of the others a sample is compressed both ways. */
    static Content of(Image8 image) {
        Image8 sample = sample(image);
        if (plainShare(sample) < PLAIN_SHARE) {
            return PHOTO;
        }
        int asDrawing = PixelStream.compress(sample, DRAWING).remaining();
        int asPhoto = PixelStream.compress(sample, PHOTO).remaining();
        return asDrawing < asPhoto * WORTHWHILE ? DRAWING : PHOTO;
    }

    /** Some strips of neighbouring rows, or the whole of a small picture. */
    private static Image8 sample(Image8 image) {
        int strips = Math.max(1, image.height() / STRIP_EVERY);
        if (image.height() <= 2 * STRIP_ROWS) {
            return image;
        }
        int bytes = STRIP_ROWS * image.stride();
        byte[] samples = new byte[strips * bytes];
        for (int strip = 0; strip < strips; strip++) {
            int middle = (int) ((2L * strip + 1) * image.height() / (2L * strips));
            image.copyRows(middle - STRIP_ROWS / 2, STRIP_ROWS, samples, strip * bytes);
        }
        return new Image8(image.width(), strips * STRIP_ROWS, image.channels(), samples);
    }

    private static double plainShare(Image8 image) {
        long equal = 0;
        byte[] row = new byte[image.stride()];
        for (int y = 0; y < image.height(); y++) {
            image.copyRows(y, 1, row, 0);
            equal += equalNeighbours(row, image.width(), image.channels());
        }
        return (double) equal / image.width() / image.height();
    }

    private static int equalNeighbours(byte[] row, int width, int channels) {
        int equal = 0;
        for (int x = 1, at = channels; x < width; x++, at += channels) {
            int different = 0;
            for (int c = at; c < at + channels; c++) {
                different |= row[c] ^ row[c - channels];
            }
            if (different == 0) {
                equal++;
            }
        }
        return equal;
    }
}
