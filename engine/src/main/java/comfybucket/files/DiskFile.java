package comfybucket.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file, read and written by position, by several threads at once. */
public interface DiskFile extends Closeable {
    /** Some of the bytes from there on; -1 behind the last one. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Some of the bytes. */
    int write(ByteBuffer from, long position) throws IOException;

    long size() throws IOException;

    /** Shortens or lengthens the file; what is new in it is zeros. */
    void resize(long size) throws IOException;

    /** Makes what was written outlast a power cut. */
    void force() throws IOException;

    /** Fills the buffer. */
    default void readFully(ByteBuffer into, long position) throws IOException {
        for (long at = position; into.hasRemaining(); ) {
            int count = read(into, at);
            if (count < 0) {
                throw new EOFException("The file ends after " + at + " bytes");
            }
            at += count;
        }
    }

    /** Writes all of the buffer. */
    default void writeFully(ByteBuffer from, long position) throws IOException {
        for (long at = position; from.hasRemaining(); ) {
            at += write(from, at);
        }
    }
}
