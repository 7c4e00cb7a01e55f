package comfybucket.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A file that needs no backup any more, as it was then; one that was changed since is another file.
 *
 * @param size in bytes
 * @param copy where it is; empty for a file that was there before, or that the user wants no backup of
 */
public record Kept(long size, Instant modified, Optional<Copy> copy) {
    /**
     * What the bucket has of it.
     *
     * @param nonce by which the object is known to be that file
     * @param since when it was known to be there
     */
    public record Copy(String key, String nonce, Instant since) {}

    /** Whether a file is still the one that this is about. */
    public boolean isOf(long size, Instant modified) {
        return this.size == size && this.modified.equals(modified);
    }
}
