package comfybucket.storage;

import java.util.UUID;

/**
 * A mark that a write leaves on its object, so that it recognises its own success when the acknowledgement got lost. A
 * write without one of the caller's makes its own, which is good for as long as the write runs; a caller that keeps the
 * mark can try again later, even in another process.
 *
 * @param nonce what no other write has
 * @param again an earlier write with this mark may have got through
 */
public record WriteMark(String nonce, boolean again) {
    /** The name of the metadata that holds the nonce. */
    public static final String METADATA = "comfy-bucket-nonce";

    public WriteMark {
        if (nonce.isEmpty()) {
            throw new IllegalArgumentException("Empty nonce");
        }
    }

    /** For a write that was never tried. */
    public static WriteMark fresh() {
        return new WriteMark(UUID.randomUUID().toString(), false);
    }

    /** Whether the object is what a write with this mark has made. */
    public boolean isOn(ObjectInfo object) {
        return nonce.equals(object.metadata().get(METADATA));
    }
}
