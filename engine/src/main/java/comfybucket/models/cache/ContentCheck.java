package comfybucket.models.cache;

import comfybucket.error.CloudException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Says whether the bytes of a model are acceptable, by what they are and not by what they are called. What it refuses
 * never gets the model's name.
 */
public interface ContentCheck {
    /** How many bytes {@link #beginning} gets at most. */
    int BEGINNING = 1 << 20;

    /** Accepts everything. */
    ContentCheck NONE = new ContentCheck() {
        @Override
        public String rule() {
            return "none";
        }

        @Override
        public void beginning(ByteBuffer first, long size) {}

        @Override
        public void whole(SeekableByteChannel file) {}
    };

    /**
     * What it vouches for, such as {@code weights-only}: a copy that was accepted under one rule is looked at again when
     * another is asked for.
     */
    String rule();

    /**
     * Looks at the first bytes while the others are still to come, so that what is no model costs no long download.
     * They are not verified yet; what they seem to say is asked again of the whole.
     *
     * @param first the first {@link #BEGINNING} bytes, or all if there are fewer; read-only
     * @param size of the whole in bytes
     * @throws CloudException to refuse
     */
    void beginning(ByteBuffer first, long size);

    /**
     * Looks at all of it: the bytes are verified and have no name yet.
     *
     * @param file open for reading, at its start
     * @throws CloudException to refuse
     */
    void whole(SeekableByteChannel file) throws IOException;
}
