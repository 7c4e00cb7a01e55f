package comfybucket.node;

import comfybucket.media.Image8;
import comfybucket.media.JpegMetadata;
import comfybucket.media.PngEncoder;
import comfybucket.media.WebpEncoder;
import comfybucket.media.WorkflowMetadata;
import comfybucket.outbox.PictureRecipe;
import java.lang.foreign.ValueLayout;

/** One picture of a batch as the bytes of a file. */
final class ImageFile {
    /**
     * @param quality 1 to 100, for WebP; a JPEG comes compressed
     * @param later whether a picture that is still to be encoded can wait for that
     */
    static Finished of(
            Pictures pictures, int index, ImageFormat format, int quality, WorkflowMetadata workflow, boolean later) {
        if (later && pictures instanceof Pictures.Raw(var pixels) && format != ImageFormat.JPG) {
            PictureRecipe.Format kept =
                    format == ImageFormat.PNG ? PictureRecipe.Format.PNG : PictureRecipe.Format.WEBP;
            return new Finished.Later(pixels.image(index), new PictureRecipe(kept, quality), workflow);
        }
        return Finished.InMemory.of(encode(pictures, index, format, quality, workflow), format.extension());
    }

    private static byte[] encode(
            Pictures pictures, int index, ImageFormat format, int quality, WorkflowMetadata workflow) {
        if (pictures instanceof Pictures.Jpegs(var files, var _, var _)) {
            if (format != ImageFormat.JPG) {
                throw new IllegalArgumentException("Only JPEGs are handed over compressed");
            }
            return JpegMetadata.insert(files.get(index).toArray(ValueLayout.JAVA_BYTE), workflow);
        }
        Image8 image = ((Pictures.Raw) pictures).pixels().image(index);
        return switch (format) {
            case PNG -> PngEncoder.encode(image, workflow);
            case WEBP -> WebpEncoder.encode(image, quality, workflow);
            case JPG -> throw new IllegalArgumentException("JPEGs are handed over compressed");
        };
    }

    private ImageFile() {}
}
