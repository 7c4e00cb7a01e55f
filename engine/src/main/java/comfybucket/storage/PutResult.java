package comfybucket.storage;

/** What came of a write that was not refused. */
public sealed interface PutResult {
    /** The bytes are in the bucket under the key, as this version. */
    record Stored(ETag etag) implements PutResult {}

    /** {@link WriteMode#CREATE_ONLY} found the key taken by another object, which is as it was. */
    record Exists() implements PutResult {}
}
