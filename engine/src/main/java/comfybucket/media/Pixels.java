package comfybucket.media;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A batch of pictures as the pack hands them over: 8-bit samples [batch, height, width, channels] without padding. They are
 * read in place; the memory must stay open and unchanged meanwhile.
 */
public final class Pixels {
    private final MemorySegment samples;
    private final int batch;
    private final int height;
    private final int width;
    private final int channels;
    private final int samplesInImage;

    /**
     * @param samples starts with the batch; what follows it is not looked at
     * @param batch number of pictures, 0 or more
     * @throws IllegalArgumentException when this is no shape of pictures, or the memory is shorter than it
     * @throws comfybucket.error.CloudException when the pictures are larger than an {@link Image8} may be
     */
    public Pixels(MemorySegment samples, int batch, int height, int width, int channels) {
        this.samplesInImage = Image8.sampleCount(width, height, channels);
        if (batch < 0) {
            throw new IllegalArgumentException("A batch has 0 or more pictures, not " + batch);
        }
        long needed = (long) batch * samplesInImage;
        if (samples.byteSize() < needed) {
            throw new IllegalArgumentException("The pixels are " + samples.byteSize() + " bytes where " + needed
                    + " are needed for " + batch + " × " + height + " × " + width + " × " + channels);
        }
        this.samples = samples;
        this.batch = batch;
        this.height = height;
        this.width = width;
        this.channels = channels;
    }

    public int batch() {
        return batch;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int channels() {
        return channels;
    }

    /** One picture of the batch, not copied. */
    public Image8 image(int index) {
        Objects.checkIndex(index, batch);
        return new Image8(width, height, channels, samples.asSlice((long) index * samplesInImage, samplesInImage));
    }
}
