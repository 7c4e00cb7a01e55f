package comfybucket.outbox;

import comfybucket.ledger.Ledger;
import comfybucket.media.Image8;
import comfybucket.media.WorkflowMetadata;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is given to the outbox to be sent. */
public sealed interface Source {
    /** How many bytes the outbox is going to write for it. */
    long size() throws IOException;

    /** Of its file in the outbox, without the dot; may be empty. */
    String extension();

    /** Has the outbox write it under this name; it is on disk when this returns. */
    Content store(Spool spool, String name) throws IOException;

    /**
     * A finished file in memory.
     *
     * @param extension without its dot; may be empty
     */
    record Bytes(MemorySegment bytes, String extension) implements Source {
        @Override
        public long size() {
            return bytes.byteSize();
        }

        @Override
        public Content store(Spool spool, String name) throws IOException {
            return spool.bytes(name, bytes);
        }
    }

    /** A picture that becomes a file after it was accepted. */
    record Picture(Image8 image, PictureRecipe recipe, WorkflowMetadata workflow) implements Source {
        @Override
        public long size() {
            return image.samples().byteSize();
        }

        @Override
        public String extension() {
            return "pixels";
        }

        @Override
        public Content store(Spool spool, String name) throws IOException {
            return spool.picture(name, image, recipe, Workflows.bytes(workflow));
        }
    }

    /** A finished file that nobody changes any more; it may be removed as soon as it is accepted. */
    record Finished(Path file) implements Source {
        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public String extension() {
            return Spool.extension(file);
        }

        @Override
        public Content store(Spool spool, String name) throws IOException {
            return spool.finished(name, file);
        }
    }

    /** A file that somebody else may change later: a copy of it is sent. */
    record Copied(Path file) implements Source {
        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public String extension() {
            return Spool.extension(file);
        }

        @Override
        public Content store(Spool spool, String name) throws IOException {
            return spool.copied(name, file);
        }
    }

    /** A file that is not ours: it is sent from where it is, and must stay there unchanged until then. */
    record Elsewhere(Path file) implements Source {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public String extension() {
            return Spool.extension(file);
        }

        @Override
        public Content store(Spool spool, String name) throws IOException {
            return Spool.elsewhere(file, Optional.empty());
        }
    }

    /**
     * The same for a file that is backed up: it is entered into the ledger when it is in the bucket, and is nobody's loss
     * when it is gone or changed before.
     */
    record BackedUp(Path file, Ledger ledger) implements Source {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public String extension() {
            return Spool.extension(file);
        }

        @Override
        public Content store(Spool spool, String name) throws IOException {
            return Spool.elsewhere(file, Optional.of(ledger.id()));
        }
    }
}
