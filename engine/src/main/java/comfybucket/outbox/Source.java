package comfybucket.outbox;

import comfybucket.ledger.Ledger;
import comfybucket.media.Image8;
import comfybucket.media.WorkflowMetadata;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** What is given to the outbox to be sent. */
public sealed interface Source {
    /**
     * A finished file in memory.
     *
     * @param extension without its dot; may be empty
     */
    record Bytes(MemorySegment bytes, String extension) implements Source {}

    /** A picture that becomes a file after it was accepted. */
    record Picture(Image8 image, PictureRecipe recipe, WorkflowMetadata workflow) implements Source {}

    /** A finished file that nobody changes any more; it may be removed as soon as it is accepted. */
    record Finished(Path file) implements Source {}

    /** A file that somebody else may change later: a copy of it is sent. */
    record Copied(Path file) implements Source {}

    /** A file that is not ours: it is sent from where it is, and must stay there unchanged until then. */
    record Elsewhere(Path file) implements Source {}

    /**
     * The same for a file that is backed up: it is entered into the ledger when it is in the bucket, and is nobody's loss
     * when it is gone or changed before.
     */
    record BackedUp(Path file, Ledger ledger) implements Source {}
}
