package comfybucket.store.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;

/** What a response carries. */
public sealed interface Body {
    Body NONE = new Bytes(new byte[0]);

    /** A body that is in memory; the array belongs to the response from now on. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements Body {}

    /** A part of an open file, sent without passing through the heap. The server closes the file, sent or not. */
    record FileRange(FileChannel file, long position, long length) implements Body {}

    /** A body whose length nobody knows before it has been written; sent chunked. */
    record Stream(Writer writer) implements Body {}

    /** Writes a body. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes all of it.
         *
         * @throws IOException when the client is gone or the body cannot be finished; the connection is then dropped
         */
        void writeTo(OutputStream out) throws IOException;
    }
}
