package comfybucket.media;

import java.nio.ByteBuffer;

/** Pictures to PNG files of 8 bits a sample. */
public final class PngEncoder {
    private PngEncoder() {}

    /** The whole file, with the workflow in text chunks before the pixels, where ComfyUI's SaveImage puts it. */
    public static byte[] encode(Image8 image, WorkflowMetadata workflow) {
        return file(image, workflow, PixelStream.compress(image));
    }

    /** The same for a file that has to be there at once and need not be small: nothing is compressed. */
    public static byte[] store(Image8 image, WorkflowMetadata workflow) {
        return file(image, workflow, PixelStream.store(image));
    }

    private static byte[] file(Image8 image, WorkflowMetadata workflow, ByteBuffer pixels) {
        PngChunks out = new PngChunks();
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
}
