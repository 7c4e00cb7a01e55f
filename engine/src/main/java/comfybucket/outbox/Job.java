package comfybucket.outbox;

import comfybucket.naming.OnConflict;
import comfybucket.naming.SpareName;
import comfybucket.storage.ObjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * One file that was accepted for a bucket. What changes while it is being sent is in {@link JobState}.
 *
 * @param key the name to try first
 * @param spare what other names are made of when that one is taken; empty when the name is final
 * @param nonce by which an object is known to be what this job has written
 */
record Job(
        JobId id,
        Instant created,
        Destination destination,
        ObjectKey key,
        Optional<SpareName> spare,
        OnConflict onConflict,
        String contentType,
        String nonce,
        Content content) {
    /** Whether another try, also by another process that knows nothing of this one, makes the same object. */
    boolean isBackup() {
        return content instanceof Content.Elsewhere elsewhere
                && elsewhere.ledger().isPresent();
    }
}
