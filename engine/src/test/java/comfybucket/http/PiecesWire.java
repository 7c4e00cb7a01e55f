package comfybucket.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Gives bytes in pieces, and then the end. */
final class PiecesWire implements Wire {
    private final ByteBuffer bytes;
    private final int first;

    /** @param first how many come before the rest; if it is 0, all come one by one */
    PiecesWire(byte[] bytes, int first) {
        this.bytes = ByteBuffer.wrap(bytes);
        this.first = first;
    }

    static PiecesWire of(String text, int first) {
        return new PiecesWire(text.getBytes(StandardCharsets.ISO_8859_1), first);
    }

    @Override
    public int read(ByteBuffer into) {
        if (!bytes.hasRemaining()) {
            return -1;
        }
        int piece = first == 0 ? 1 : bytes.position() < first ? first - bytes.position() : bytes.remaining();
        int count = Math.min(piece, into.remaining());
        into.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public int readNow(ByteBuffer into) {
        return read(into);
    }

    @Override
    public void write(ByteBuffer ignored) {
        ignored.position(ignored.limit());
    }

    @Override
    public void writeNow(ByteBuffer ignored) {
        write(ignored);
    }

    @Override
    public void finish() {
        // There is nobody.
    }
}
