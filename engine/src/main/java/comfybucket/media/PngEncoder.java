package comfybucket.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Pictures to PNG files of 8 bits a sample. */
public final class PngEncoder {
    private PngEncoder() {}

    /** The whole file, with the workflow in text chunks before the pixels, where ComfyUI's SaveImage puts it. */
    public static byte[] encode(Image8 image, WorkflowMetadata workflow) {
        byte[] pixels = pixels(image);
        PngChunks out = new PngChunks(pixels.length + 4096);
        out.add("IHDR", header(image));
        PngText.write(workflow, out);
        out.add("IDAT", pixels);
        out.add("IEND", new byte[0]);
        return out.file();
    }

    private static byte[] header(Image8 image) {
        int colourType = switch (image.channels()) {
            case 1 -> 0;
            case 3 -> 2;
            default -> 6;
        };
        // then three zeros: deflate, the five filters, not interlaced
        return ByteBuffer.allocate(13)
                .putInt(image.width())
                .putInt(image.height())
                .put((byte) 8)
                .put((byte) colourType)
                .array();
    }

    private static byte[] pixels(Image8 image) {
        byte[] scanlines = new byte[(image.stride() + 1) * image.height()];
        for (int y = 0; y < image.height(); y++) {
            int to = y * (image.stride() + 1);
            scanlines[to++] = (byte) (y == 0 ? 0 : 2);
            for (int x = 0; x < image.stride(); x++) {
                int above = y == 0 ? 0 : image.samples()[(y - 1) * image.stride() + x];
                scanlines[to++] = (byte) (image.samples()[y * image.stride() + x] - above);
            }
        }
        try (Deflater deflater = new Deflater(4)) {
            deflater.setInput(scanlines);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }
}
