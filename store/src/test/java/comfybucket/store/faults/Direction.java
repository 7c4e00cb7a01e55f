package comfybucket.store.faults;

/** Which way bytes go. */
public enum Direction {
    /** From the client to the store. */
    UP,
    /** From the store to the client. */
    DOWN
}
