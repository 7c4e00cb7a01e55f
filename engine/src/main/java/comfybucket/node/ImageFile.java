package comfybucket.node;

import comfybucket.media.JpegMetadata;
import comfybucket.media.PngEncoder;
import comfybucket.media.WebpEncoder;
import comfybucket.media.WorkflowMetadata;
import java.lang.foreign.ValueLayout;

/** One picture of a batch as the bytes of a file. */
final class ImageFile {
    /** @param quality 1 to 100, for WebP; a JPEG comes compressed */
    static byte[] encode(Pictures pictures, int index, ImageFormat format, int quality, WorkflowMetadata workflow) {
        return switch (pictures) {
            case Pictures.Raw(var pixels) ->
                switch (format) {
                    case PNG -> PngEncoder.encode(pixels.image(index), workflow);
                    case WEBP -> WebpEncoder.encode(pixels.image(index), quality, workflow);
                    case JPG -> throw new IllegalArgumentException("JPEGs are handed over compressed");
                };
            case Pictures.Jpegs(var files, var width, var height) -> {
                if (format != ImageFormat.JPG) {
                    throw new IllegalArgumentException("Only JPEGs are handed over compressed");
                }
                yield JpegMetadata.insert(files.get(index).toArray(ValueLayout.JAVA_BYTE), workflow);
            }
        };
    }

    private ImageFile() {}
}
