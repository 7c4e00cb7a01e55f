package comfybucket.transfer;

/** Is told how far a transfer is, often and by any thread. */
public interface TransferProgress {
    /** For who does not want to know. */
    TransferProgress NONE = (done, total) -> {};

    /**
     * @param done bytes that are where they shall go, those of an earlier try included; never falls
     * @param total bytes, at least {@code done}
     */
    void update(long done, long total);
}
