package comfybucket.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures to PNG files of 8 bits a sample. */
public final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private PngEncoder() {}

    /** The whole file, with the workflow in text chunks before the pixels, where ComfyUI's SaveImage puts it. */
    public static byte[] encode(Image8 image, WorkflowMetadata workflow) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        byte colour = (byte) (image.channels() == 1 ? 0 : image.channels() == 3 ? 2 : 6);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(image.width())
                        .putInt(image.height())
                        .put((byte) 8)
                        .put(colour)
                        .array());
        workflow.prompt().ifPresent(json -> chunk(out, "tEXt", text("prompt", json)));
        workflow.extra().forEach((name, json) -> chunk(out, "tEXt", text(name, json)));
        chunk(out, "IDAT", pixels(image));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] text(String name, String json) {
        return (name + "\0" + json).getBytes(StandardCharsets.ISO_8859_1);
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

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] typed = (type + new String(data, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
