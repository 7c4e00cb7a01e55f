package comfybucket.storage.s3;

import comfybucket.storage.ObjectInfo;
import java.util.UUID;

/**
 * Marks an object as the outcome of one write of ours, so that a write whose acknowledgement got lost recognises its
 * own success.
 */
record Nonce(String value) {
    static final String METADATA = "comfy-bucket-nonce";

    static Nonce fresh() {
        return new Nonce(UUID.randomUUID().toString());
    }

    boolean marks(ObjectInfo object) {
        return value.equals(object.metadata().get(METADATA));
    }
}
