package comfybucket.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A request's body. Sent in pieces that are large enough for the cost of a system call, or of a TLS record, not to matter. */
final class RequestEntity extends AbstractHttpEntity {
    static final RequestEntity EMPTY = new RequestEntity(InputStream::nullInputStream, 0);

    /** Four TLS records. */
    private static final int PIECE = 1 << 16;

    private final ContentStreamProvider body;
    private final long length;

    /** @param length in bytes; negative where it is not known */
    RequestEntity(ContentStreamProvider body, long length) {
        super((String) null, null, length < 0);
        this.body = body;
        this.length = length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] piece = new byte[length < 0 ? PIECE : Math.clamp(length, 1, PIECE)];
        try (InputStream bytes = getContent()) {
            for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
                out.write(piece, 0, count);
            }
        }
    }

    @Override
    public InputStream getContent() {
        return body.newStream();
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return length != 0;
    }

    @Override
    public void close() {
        // Whoever has asked for a stream closes it.
    }
}
