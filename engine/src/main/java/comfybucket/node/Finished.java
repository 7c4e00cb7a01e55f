package comfybucket.node;

import comfybucket.media.Image8;
import comfybucket.media.WorkflowMetadata;
import comfybucket.outbox.PictureRecipe;
import comfybucket.transfer.ContentTypes;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A finished file, ready to be saved and shown, or what becomes one after it was accepted. */
sealed interface Finished {
    /** In bytes. */
    long length();

    /**
     * Bytes that the engine has made.
     *
     * @param extension without its dot
     */
    record InMemory(MemorySegment bytes, String extension) implements Finished {
        /** The array itself, not a copy of it. */
        static InMemory of(byte[] bytes, String extension) {
            return new InMemory(MemorySegment.ofArray(bytes), extension);
        }

        @Override
        public long length() {
            return bytes.byteSize();
        }

        String contentType() {
            return ContentTypes.of(extension);
        }
    }

    /** A file that the pack has made for this run alone; it can be moved when it is saved. */
    record Made(Path file) implements Finished {
        @Override
        public long length() {
            return file.toFile().length();
        }
    }

    /**
     * A file that somebody else wrote; it stays as it is.
     *
     * @param shown where ComfyUI's page finds it
     */
    record Found(Path file, Ui.File shown) implements Finished {
        @Override
        public long length() {
            return file.toFile().length();
        }
    }

    /** A picture that is encoded when the node is done. */
    record Later(Image8 image, PictureRecipe recipe, WorkflowMetadata workflow) implements Finished {
        @Override
        public long length() {
            return image.samples().byteSize();
        }
    }
}
