package comfybucket.node;

import comfybucket.media.Pixels;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A batch of pictures as the pack hands it over. */
public sealed interface Pictures {
    int count();

    int width();

    int height();

    /** Pixels of 8 bits a sample, for the formats that the engine encodes. */
    record Raw(Pixels pixels) implements Pictures {
        @Override
        public int count() {
            return pixels.batch();
        }

        @Override
        public int width() {
            return pixels.width();
        }

        @Override
        public int height() {
            return pixels.height();
        }
    }

    /** JPEGs, compressed by Pillow because that is four times faster than Java's own encoder. */
    record Jpegs(List<MemorySegment> files, int width, int height) implements Pictures {
        public Jpegs {
            files = List.copyOf(files);
        }

        @Override
        public int count() {
            return files.size();
        }
    }
}
