package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.naming.OnConflict;
import comfybucket.naming.OtherNames;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import java.util.Optional;

/**
 * A file that is to be accepted for a bucket.
 *
 * @param chosen what the bucket was opened with
 * @param key the name to try first
 * @param others for when that one is taken; empty when the name is final
 */
public record Draft(
        ProfileRef chosen,
        Bucket bucket,
        ObjectKey key,
        Optional<OtherNames> others,
        OnConflict onConflict,
        String contentType,
        Source source) {}
