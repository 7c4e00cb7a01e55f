package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.naming.ItemName;
import comfybucket.naming.OnConflict;
import comfybucket.naming.OtherNames;
import comfybucket.naming.Suffix;
import comfybucket.outbox.Accepted;
import comfybucket.outbox.Draft;
import comfybucket.outbox.Outbox;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Upload;
import comfybucket.transfer.ContentTypes;
import java.util.Optional;

/**
 * Gives files to the outbox, under names that replace nothing, or as the user chose otherwise.
 *
 * @param chosen what the bucket was opened with
 * @param onConflict what to do when the first name is taken
 * @param upload whether the node waits until the file is in the bucket
 */
record Saver(Outbox outbox, ProfileRef chosen, Bucket bucket, OnConflict onConflict, Upload upload) {
    boolean waits() {
        return upload == Upload.WAIT;
    }

    /** What names have to be like for this store. */
    Suffix suffix() {
        return Suffix.of(onConflict, !(waits() && createsOnly()));
    }

    /** The file is on disk when this returns. */
    Accepted accept(ItemName name, Finished file) {
        boolean renames = onConflict == OnConflict.RENAME && waits() && createsOnly();
        return outbox.accept(new Draft(
                chosen,
                bucket,
                name.first(),
                renames ? Optional.<OtherNames>of(name) : Optional.empty(),
                onConflict,
                ContentTypes.of(name.first().value()),
                file.source(waits())));
    }

    /** A store that cannot be asked just now is taken for one that can; if it cannot, the name is changed later. */
    private boolean createsOnly() {
        try {
            return bucket.store().capabilities().createOnly();
        } catch (CloudException unreachable) {
            return true;
        }
    }
}
