package comfybucket.media;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A batch of pictures as ComfyUI hands them over: float32 samples [batch, height, width, channels] in native byte order,
 * without padding, nominally 0 to 1. Values are read in place; the memory must stay open and unchanged meanwhile.
 */
public final class Pixels {
    /** Samples; they fit into a processor's first cache. */
    private static final int PIECE = 1 << 12;

    private final MemorySegment floats;
    private final int batch;
    private final int height;
    private final int width;
    private final int channels;
    private final int samplesInImage;

    /**
     * @param floats starts with the samples; what follows them is not looked at
     * @param batch number of pictures, 0 or more
     * @throws IllegalArgumentException when this is no shape of pictures, or the memory is shorter than it
     * @throws comfybucket.error.CloudException when the pictures are larger than an {@link Image8} may be
     */
    public Pixels(MemorySegment floats, int batch, int height, int width, int channels) {
        this.samplesInImage = Image8.sampleCount(width, height, channels);
        if (batch < 0) {
            throw new IllegalArgumentException("A batch has 0 or more pictures, not " + batch);
        }
        long needed = Float.BYTES * (long) batch * samplesInImage;
        if (floats.byteSize() < needed) {
            throw new IllegalArgumentException("The pixels are " + floats.byteSize() + " bytes where " + needed
                    + " are needed for " + batch + " × " + height + " × " + width + " × " + channels);
        }
        this.floats = floats;
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

    /**
     * The picture in 8 bits as ComfyUI's own save nodes make it: 255 × value, cut to 0…255, fraction dropped
     * ({@code np.clip(255. * x, 0, 255).astype(np.uint8)}); what is not a number becomes 0.
     */
    public Image8 image(int index) {
        Objects.checkIndex(index, batch);
        byte[] samples = new byte[samplesInImage];
        long bytes = Float.BYTES * (long) samplesInImage;
        quantize(floats.asSlice(index * bytes, bytes), samples);
        return new Image8(width, height, channels, samples);
    }

    /** By pieces on the heap: loops over arrays are compiled to vector instructions, those over segments are not. */
    private static void quantize(MemorySegment floats, byte[] samples) {
        float[] piece = new float[Math.min(PIECE, samples.length)];
        for (int start = 0; start < samples.length; start += PIECE) {
            int count = Math.min(PIECE, samples.length - start);
            MemorySegment.copy(floats, ValueLayout.JAVA_FLOAT_UNALIGNED, (long) Float.BYTES * start, piece, 0, count);
            quantize(piece, count, samples, start);
        }
    }

    private static void quantize(float[] piece, int count, byte[] samples, int start) {
        for (int i = 0; i < count; i++) {
            samples[start + i] = (byte) (int) Math.min(Math.max(255f * piece[i], 0f), 255f);
        }
    }
}
