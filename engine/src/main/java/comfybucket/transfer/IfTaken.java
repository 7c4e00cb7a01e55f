package comfybucket.transfer;

import java.util.Locale;

/** What becomes of a transfer whose destination is there already. */
public enum IfTaken {
    /** It is an error, and what is there stays. */
    FAIL,
    /** What is there stays. */
    SKIP,
    /** What is there is replaced. */
    OVERWRITE;

    /** As users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
