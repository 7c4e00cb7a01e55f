package comfybucket.media;

import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures to lossy WebP files. */
public final class WebpEncoder {
    /** The format keeps 14 bits for each side (RFC 9649). */
    private static final int MAX_SIDE = 16_383;

    private WebpEncoder() {}

    /**
     * The whole file, with the workflow as EXIF strings.
     *
     * @param quality 1 (smallest) to 100 (best)
     * @throws IllegalArgumentException when quality is none of these
     * @throws comfybucket.error.CloudException when the picture is larger than WebP allows, or this system has no libwebp
     */
    public static byte[] encode(Image8 image, int quality, WorkflowMetadata workflow) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("WebP quality is 1 to 100, not " + quality);
        }
        if (image.width() > MAX_SIDE || image.height() > MAX_SIDE) {
            throw Image8.tooLarge(image.width(), image.height(), "WebP", MAX_SIDE);
        }
        WebpLibrary.require();
        WebPWriteParam parameters = new WebPWriteParam(Locale.ROOT);
        parameters.setCompressionType("Lossy");
        parameters.setCompressionQuality(quality / 100f);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = new WebPImageWriterSpi().createWriterInstance(null);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(buffered(image), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return workflow.isEmpty()
                ? file.toByteArray()
                : WebpContainer.withExif(file.toByteArray(), ExifText.write(workflow), image.width(), image.height());
    }

    private static BufferedImage buffered(Image8 image) {
        byte[] samples = image.toArray();
        int[] bands = switch (image.channels()) {
            case 1 -> new int[] {0, 0, 0};
            case 3 -> new int[] {0, 1, 2};
            default -> new int[] {0, 1, 2, 3};
        };
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                image.hasAlpha(),
                false,
                image.hasAlpha() ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(
                colours,
                Raster.createInterleavedRaster(
                        new DataBufferByte(samples, samples.length),
                        image.width(),
                        image.height(),
                        image.stride(),
                        image.channels(),
                        bands,
                        null),
                false,
                null);
    }
}
