package comfybucket.media;

/** A picture made smaller in little time, to be looked at and not kept. */
public final class Thumbnail {
    private Thumbnail() {}

    /**
     * Each pixel is the mean of four from a square of the picture's; what is left over at the right and below is left out.
     *
     * @param side in pixels, that no side of the result is longer than
     * @return the picture itself where it is small enough
     */
    public static Image8 of(Image8 image, int side) {
        int step = Math.ceilDiv(Math.max(image.width(), image.height()), side);
        return step == 1 ? image : shrink(image, step);
    }

    private static Image8 shrink(Image8 image, int step) {
        int width = Math.max(1, image.width() / step);
        int height = Math.max(1, image.height() / step);
        int channels = image.channels();
        int right = Math.min(step, image.width()) / 2 * channels;
        int down = Math.min(step, image.height()) / 2;
        byte[] upper = new byte[image.stride()];
        byte[] lower = new byte[image.stride()];
        byte[] to = new byte[width * height * channels];
        int out = 0;
        for (int y = 0; y < height; y++) {
            image.copyRows(y * step, 1, upper, 0);
            image.copyRows(y * step + down, 1, lower, 0);
            for (int x = 0; x < width; x++) {
                int at = x * step * channels;
                for (int channel = 0; channel < channels; channel++, at++) {
                    to[out++] = mean(upper[at], upper[at + right], lower[at], lower[at + right]);
                }
            }
        }
        return new Image8(width, height, channels, to);
    }

    private static byte mean(byte a, byte b, byte c, byte d) {
        int sum = (a & 0xff) + (b & 0xff) + (c & 0xff) + (d & 0xff);
        return (byte) ((sum + 2) / 4);
    }
}
