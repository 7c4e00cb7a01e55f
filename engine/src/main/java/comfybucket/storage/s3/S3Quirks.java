package comfybucket.storage.s3;

/**
 * Where a store differs from AWS S3. The reasons are in the providers' data files.
 *
 * @param createOnly how a write is made to fail when its key is taken
 * @param tags the store takes object tags
 * @param listVersion 2, or 1 for stores without ListObjectsV2
 * @param listUrlEncoding the store can encode the keys of a listing, without which keys with control characters are not
 *     listed; {@code false} for stores that encode them wrongly
 * @param quotedIfMatch {@code If-Match} takes the ETag in its quotes, as HTTP says
 * @param missingKeyIsForbidden a missing key is answered with 403 unless the access key may list; we look by listing
 */
public record S3Quirks(
        CreateOnly createOnly,
        boolean tags,
        int listVersion,
        boolean listUrlEncoding,
        boolean quotedIfMatch,
        boolean missingKeyIsForbidden) {
    /** AWS S3, and stores that behave like it. */
    public static final S3Quirks NONE = new S3Quirks(CreateOnly.IF_NONE_MATCH, true, 2, true, true, true);

    /** The means of a create-only write. */
    public enum CreateOnly {
        /** {@code If-None-Match: *}, as AWS S3 has it since August 2024. */
        IF_NONE_MATCH,
        /** {@code x-goog-if-generation-match: 0}, Google's own. */
        GOOGLE_GENERATION,
        /** The store would replace the object in silence. */
        UNAVAILABLE
    }

    public S3Quirks {
        if (listVersion != 1 && listVersion != 2) {
            throw new IllegalArgumentException("List version " + listVersion + " is neither 1 nor 2");
        }
    }
}
