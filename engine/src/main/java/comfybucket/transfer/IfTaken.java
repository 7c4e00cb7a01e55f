package comfybucket.transfer;

/** What becomes of a transfer whose destination is there already. */
public enum IfTaken {
    /** It is an error, and what is there stays. */
    FAIL,
    /** What is there stays. */
    SKIP,
    /** What is there is replaced. */
    OVERWRITE
}
