package comfybucket.outbox;

import comfybucket.media.Image8;
import comfybucket.media.PngEncoder;
import comfybucket.media.WebpEncoder;
import comfybucket.media.WorkflowMetadata;
import java.util.Locale;

/**
 * How a picture becomes a file.
 *
 * @param quality 1 to 100, for WebP
 */
public record PictureRecipe(Format format, int quality) {
    /** What the engine encodes. */
    public enum Format {
        PNG,
        WEBP;

        /** Also the file's extension. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The whole file; the same bytes each time. */
    byte[] encode(Image8 image, WorkflowMetadata workflow) {
        return switch (format) {
            case PNG -> PngEncoder.encode(image, workflow);
            case WEBP -> WebpEncoder.encode(image, quality, workflow);
        };
    }
}
