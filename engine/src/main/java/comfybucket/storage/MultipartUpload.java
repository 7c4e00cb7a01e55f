package comfybucket.storage;

import java.time.Instant;

/**
 * An upload in parts that has begun and not yet ended.
 *
 * @param id the store's name for it
 * @param started by the store's clock; what {@link MultipartUploads#create} returns has our own time
 */
public record MultipartUpload(ObjectKey key, String id, Instant started) {
    public MultipartUpload {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("Empty upload id");
        }
    }
}
