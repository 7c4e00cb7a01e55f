package comfybucket.models.cache;

/** How a model came to be where it is. */
public enum Outcome {
    /** It was there, the same as in the bucket. */
    CACHED,
    /** It was downloaded, by this call or, while this call waited, by somebody who shares the folder. */
    DOWNLOADED,
    /** A file that others put there has the same bytes, and is used as it is. */
    ADOPTED,
    /** The store is out of reach; this is the copy that was verified when it was. */
    OFFLINE_COPY
}
