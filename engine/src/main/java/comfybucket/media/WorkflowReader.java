package comfybucket.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The workflow in a picture's file, whoever wrote it. */
public final class WorkflowReader {
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8};

    private WorkflowReader() {}

    /**
     * The prompt and workflow of a PNG, WebP or JPEG; the beginning of a file is enough if it reaches far enough. What is
     * damaged is passed over; a file of another kind has none. EXIF strings of a camera that contain a colon appear too.
     */
    public static WorkflowMetadata read(byte[] file) {
        if (startsWith(file, PngChunks.SIGNATURE)) {
            return PngText.read(file);
        }
        if (startsWith(file, JPEG)) {
            return JpegMetadata.read(file);
        }
        if (new String(file, 0, Math.min(12, file.length), ISO_8859_1).matches("(?s)RIFF....WEBP")) {
            return WebpContainer.exif(file).map(ExifText::read).orElse(WorkflowMetadata.NONE);
        }
        return WorkflowMetadata.NONE;
    }

    private static boolean startsWith(byte[] file, byte[] magic) {
        return file.length >= magic.length && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
    }
}
