package comfybucket.backup;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.files.FileState;
import comfybucket.files.SystemDisk;
import comfybucket.ledger.Kept;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.WriteMark;
import comfybucket.transfer.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Removes files that have been in the bucket for long enough, each only after the store has shown that it has these bytes:
 * the object is the one that the file became, and what it says of its bytes holds for those on this disk.
 */
final class LocalCopies {
    private static final System.Logger LOG = System.getLogger("comfybucket");
    private static final Duration NEXT_TRY = Duration.ofHours(1);

    private final Map<Path, Instant> notBefore = new HashMap<>();

    void remove(FolderBackup backup, Tree tree) throws IOException {
        if (backup.settings().removeAfter().isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        Instant due = now.minus(backup.settings().removeAfter().get());
        for (Map.Entry<Path, Kept> entry : backup.ledger().files().entrySet()) {
            Path file = entry.getKey();
            Kept kept = entry.getValue();
            FileState state = tree.files().get(file);
            if (state == null
                    || kept.copy().isEmpty()
                    || kept.copy().get().since().isAfter(due)
                    || !kept.isOf(state.size(), state.modified())
                    || now.isBefore(notBefore.getOrDefault(file, Instant.MIN))) {
                continue;
            }
            if (isThere(backup.bucket(), file, kept.copy().get())) {
                Files.deleteIfExists(file);
                backup.ledger().remove(file);
                LOG.log(
                        System.Logger.Level.INFO,
                        "Removed {0}, which is in the bucket as {1}",
                        file,
                        kept.copy().get().key());
            } else {
                notBefore.put(file, now.plus(NEXT_TRY));
            }
        }
    }

    private static boolean isThere(Bucket bucket, Path file, Kept.Copy copy) throws IOException {
        try {
            ObjectInfo object = bucket.store().head(new ObjectKey(copy.key()));
            return new WriteMark(copy.nonce(), true).isOn(object)
                    && Comparison.same(bucket, object, file, new SystemDisk());
        } catch (CloudException notToBeSeen) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} stays here, because its backup cannot be looked at: {1}",
                    file,
                    notToBeSeen.getMessage());
            return false;
        }
    }
}
