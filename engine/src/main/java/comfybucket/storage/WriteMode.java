package comfybucket.storage;

/** What a write does when the key is taken. */
public enum WriteMode {
    /** Becomes the newest version, whatever was there. */
    REPLACE,
    /** Leaves what is there; needs {@link Capabilities#createOnly()}. */
    CREATE_ONLY
}
