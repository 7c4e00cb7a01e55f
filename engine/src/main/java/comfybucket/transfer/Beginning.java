package comfybucket.transfer;

import java.nio.ByteBuffer;

/** Looks at the first bytes of a download while the others are still to come. */
public interface Beginning {
    /** How many bytes there are to see, at most. */
    int LENGTH = 1 << 20;

    /** Accepts everything. */
    Beginning ANY = (first, size) -> {};

    /**
     * Ends the download, and nothing of it is kept, by throwing what its caller shall see.
     *
     * @param first not verified yet; read-only
     * @param size of all in bytes
     */
    void look(ByteBuffer first, long size);
}
