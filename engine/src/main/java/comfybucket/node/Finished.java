package comfybucket.node;

import comfybucket.media.Image8;
import comfybucket.media.WorkflowMetadata;
import comfybucket.outbox.PictureRecipe;
import comfybucket.outbox.Source;
import comfybucket.transfer.ContentTypes;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/** A finished file, ready to be saved and shown, or what becomes one after it was accepted. */
sealed interface Finished {
    /** In bytes. */
    long length();

    /**
     * As the outbox takes it.
     *
     * @param waits whether the node ends only when the file is in the bucket
     */
    Source source(boolean waits);

    /** Shows it on the node, if ComfyUI's page can. */
    Optional<Ui.File> show(Previews previews);

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

        @Override
        public Source source(boolean waits) {
            return new Source.Bytes(bytes, extension);
        }

        @Override
        public Optional<Ui.File> show(Previews previews) {
            return previews.write(bytes, extension);
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

        @Override
        public Source source(boolean waits) {
            return new Source.Finished(file);
        }

        @Override
        public Optional<Ui.File> show(Previews previews) {
            return previews.move(file);
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

        /** ComfyUI empties its temp folder at each start. */
        @Override
        public Source source(boolean waits) {
            return waits && !shown.type().equals("temp") ? new Source.Elsewhere(file) : new Source.Copied(file);
        }

        @Override
        public Optional<Ui.File> show(Previews previews) {
            return Optional.of(shown);
        }
    }

    /** A picture that is encoded when the node is done. */
    record Later(Image8 image, PictureRecipe recipe, WorkflowMetadata workflow) implements Finished {
        @Override
        public long length() {
            return image.samples().byteSize();
        }

        @Override
        public Source source(boolean waits) {
            return new Source.Picture(image, recipe, workflow);
        }

        /** It was drawn, if that can be done. */
        @Override
        public Optional<Ui.File> show(Previews previews) {
            return Optional.empty();
        }
    }
}
