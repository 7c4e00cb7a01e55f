package comfybucket.storage;

import java.time.Instant;
import java.util.Optional;

/**
 * An upload in parts that has begun and not yet ended.
 *
 * @param id the store's name for it
 * @param started by the store's clock in listings; by ours in what {@link MultipartUploads#create} returns
 * @param nonce a mark of ours on the finished object, by which a completion whose answer got lost is recognised; unknown
 *     in listings, so it is worth keeping with the id
 */
public record MultipartUpload(ObjectKey key, String id, Instant started, Optional<String> nonce) {
    public MultipartUpload {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("Empty upload id");
        }
    }
}
