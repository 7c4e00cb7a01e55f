package comfybucket.storage;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.net.URI;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * One bucket of one profile. Safe for use by many threads at once; every call blocks its own (virtual) thread.
 *
 * <p>What holds for every operation:
 *
 * <ul>
 *   <li>It ends: with its result, with a {@link CloudException} whose message is meant for the user, or, within a second
 *       of the interruption of its thread, with a {@link CancellationException} and the interrupt flag set.
 *   <li>It is tried again by itself where that can help, with growing pauses, within a bounded time.
 *   <li>What was acknowledged by the store is reported as done, also when the acknowledgement of an earlier try got lost.
 *   <li>{@link Problem#BUCKET_NOT_FOUND}, {@link Problem#ACCESS_DENIED} and the problems of connections and credentials
 *       can come from each; what else can come is said at the operation.
 * </ul>
 */
public interface ObjectStore extends AutoCloseable {
    /** What the object is now. {@link Problem#OBJECT_NOT_FOUND} when there is none. */
    ObjectInfo head(ObjectKey key);

    /**
     * Opens an object for reading. One version is read to the end, even when the object is replaced meanwhile. A whole
     * object that carries a checksum is verified at its end ({@link Problem#CHECKSUM_MISMATCH}).
     *
     * @throws CloudException {@link Problem#OBJECT_NOT_FOUND}; {@link Problem#OBJECT_CHANGED} when another version than
     *     the wanted one is there; {@link Problem#RANGE_NOT_IN_OBJECT} when the object ends before the range begins. A
     *     range that begins in the object and ends beyond it gives what there is.
     */
    ObjectContent get(ObjectKey key, GetOptions options);

    /**
     * How many bytes each part had, except the last, of an object that was uploaded in parts. Empty if the store does
     * not say, or the first two differ.
     *
     * @param object the version meant
     * @throws CloudException {@link Problem#OBJECT_NOT_FOUND}, {@link Problem#OBJECT_CHANGED}
     */
    OptionalLong partSize(ObjectInfo object);

    /** Stores an object in one request, at most 5 GiB; readers see it whole or not at all. */
    PutResult put(ObjectKey key, Payload payload, PutOptions options);

    /**
     * Lists keys, a page a request, each fetched when the iterator is asked for it; every pass begins anew. Each key
     * under the prefix is given exactly once. A store that repeats itself or pages without end is
     * {@link Problem#LISTING_ENDLESS}.
     */
    Iterable<ListPage> list(ListRequest request);

    /** Removes the object (in a bucket with versions, hides it); one that is gone already is no error. */
    void delete(ObjectKey key);

    /** Copies within the bucket, inside the store, with content type, metadata and tags; at most 5 GiB; replaces. */
    ETag copy(ObjectKey from, ObjectKey to);

    /**
     * A link to the object. The object need not exist, and the store is not asked, unless it has yet to be found out
     * where it wants the bucket in its addresses.
     */
    URI presignGet(ObjectKey key, PresignOptions options);

    /**
     * Opens a link to an object as somebody without an account does, but on this store's way: its proxy, its certificate
     * authorities, its name for us.
     *
     * @param limit how many bytes are read at most
     */
    LinkAnswer follow(URI link, int limit);

    /** Succeeds if the bucket exists and the credentials may use it. */
    void checkBucket();

    /** Asks nothing yet. */
    Capabilities capabilities();

    MultipartUploads multipart();

    /** Frees the connections; what runs, and what is asked for later, fails or ends with a {@link CancellationException}. */
    @Override
    void close();
}
