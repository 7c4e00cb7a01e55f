package comfybucket.media;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * One picture of 8 bits a sample, ready to be encoded. The samples are not copied, wherever they lie, and must not change
 * while the picture is in use.
 */
public final class Image8 {
    /** The longest side in pixels; ComfyUI's own nodes stop at a quarter of it (MAX_RESOLUTION, 16,384). */
    public static final int MAX_SIDE = 65_535;

    /** The most samples in one picture: 16,384 × 16,384 pixels in RGBA. */
    public static final int MAX_SAMPLES = 1 << 30;

    private final int width;
    private final int height;
    private final int channels;
    private final MemorySegment samples;

    /**
     * @param width in pixels, 1 to {@link #MAX_SIDE}
     * @param height in pixels, 1 to {@link #MAX_SIDE}
     * @param channels 1 (grey), 3 (RGB) or 4 (RGB and straight alpha)
     * @param samples height × width × channels bytes, row by row, the channels of a pixel side by side
     * @throws IllegalArgumentException when the numbers do not describe {@code samples}
     * @throws CloudException {@link Problem#IMAGE_TOO_LARGE_FOR_FORMAT} above one of the limits
     */
    public Image8(int width, int height, int channels, MemorySegment samples) {
        if (samples.byteSize() != sampleCount(width, height, channels)) {
            throw new IllegalArgumentException(
                    samples.byteSize() + " samples given for " + describe(width, height, channels));
        }
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.samples = samples;
    }

    /** The same for an array, which is not copied either. */
    public Image8(int width, int height, int channels, byte[] samples) {
        this(width, height, channels, MemorySegment.ofArray(samples));
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public int channels() {
        return channels;
    }

    /** The samples themselves, not a copy. */
    public MemorySegment samples() {
        return samples;
    }

    /** A copy of all samples. */
    public byte[] toArray() {
        return samples.toArray(ValueLayout.JAVA_BYTE);
    }

    /**
     * Copies the samples of some neighbouring rows.
     *
     * @param first the uppermost of them, from 0 on
     */
    void copyRows(int first, int count, byte[] to, int at) {
        // Not into the array itself: asking which kind of array it is makes the JVM write a class at a first save.
        MemorySegment.copy(samples, (long) first * stride(), MemorySegment.ofArray(to), at, (long) count * stride());
    }

    /** Checks the limits before anything is allocated. */
    static int sampleCount(int width, int height, int channels) {
        if (channels != 1 && channels != 3 && channels != 4) {
            throw new IllegalArgumentException("A picture has 1, 3 or 4 channels, not " + channels);
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("No picture has " + describe(width, height, channels));
        }
        long samples = (long) width * height * channels;
        if (width > MAX_SIDE || height > MAX_SIDE || samples > MAX_SAMPLES) {
            throw tooLarge(width, height, "one file", 16_384);
        }
        return (int) samples;
    }

    static CloudException tooLarge(int width, int height, String format, int limit) {
        return new CloudException(
                Problem.IMAGE_TOO_LARGE_FOR_FORMAT,
                Map.of("width", "" + width, "height", "" + height, "format", format, "limit", "" + limit));
    }

    private static String describe(int width, int height, int channels) {
        return width + " × " + height + " pixels × " + channels + " channels";
    }

    boolean hasAlpha() {
        return channels == 4;
    }

    /** Bytes in one row. */
    int stride() {
        return width * channels;
    }
}
