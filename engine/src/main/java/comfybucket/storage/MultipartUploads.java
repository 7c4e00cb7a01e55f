package comfybucket.storage;

import comfybucket.error.Problem;
import java.util.List;

/**
 * Uploads in parts, for what is too large for one request or comes in pieces. Errors, retries, deadlines and
 * interruption are as {@link ObjectStore} says.
 */
public interface MultipartUploads {
    /** Begins an upload; nothing is visible under the key until it is completed. {@link PutOptions#mode} is not used. */
    MultipartUpload create(ObjectKey key, PutOptions options);

    /** Stores one part; the same number again replaces it. All but the last must have at least 5 MiB, R2 wants them equal. */
    Part upload(MultipartUpload upload, int number, Payload payload);

    /**
     * Makes the parts, in ascending order, the object. An upload that was completed before by a request whose answer
     * got lost counts as {@link PutResult.Stored}, if its nonce is known. {@link Problem#UPLOAD_GONE} when the store
     * does not have it any more.
     *
     * @param mode {@link WriteMode#CREATE_ONLY} needs {@link Capabilities#createOnlyInParts()}; when it finds the key taken, the
     *     upload still exists and is to be aborted
     */
    PutResult complete(MultipartUpload upload, List<Part> parts, WriteMode mode);

    /** Gives an upload up and frees its parts; one that is gone already is no error. */
    void abort(MultipartUpload upload);

    /** The parts that the store has, by number; pages are fetched as they are read. */
    Iterable<Part> parts(MultipartUpload upload);

    /** Uploads begun and not ended whose keys begin with the prefix, whoever began them. */
    Iterable<MultipartUpload> open(KeyPrefix prefix);
}
