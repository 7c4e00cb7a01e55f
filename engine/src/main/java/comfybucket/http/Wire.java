package comfybucket.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to and from a server, for one thread at a time. */
interface Wire {
    /** Waits for at least one byte; −1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** The same without waiting: 0 while there is nothing. */
    int readNow(ByteBuffer into) throws IOException;

    /** All of them. */
    void write(ByteBuffer bytes) throws IOException;

    /** As many as can go without waiting. */
    void writeNow(ByteBuffer bytes) throws IOException;

    /** Says that nothing more comes, without waiting. */
    void finish() throws IOException;
}
