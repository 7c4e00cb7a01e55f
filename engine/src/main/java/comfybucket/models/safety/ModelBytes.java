package comfybucket.models.safety;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * The bytes of a model file, read in pieces: models are larger than memory. Of a file that is still on its way only the
 * beginning is there. For one thread.
 */
final class ModelBytes {
    private static final int CHUNK = 1 << 16;

    private final Source source;
    private final long size;
    private final long there;

    private interface Source {
        /** Fills {@code target}. */
        void read(long position, ByteBuffer target) throws IOException;
    }

    private ModelBytes(Source source, long size, long there) {
        this.source = source;
        this.size = size;
        this.there = there;
    }

    static ModelBytes whole(SeekableByteChannel channel) throws IOException {
        Source source = (position, target) -> {
            channel.position(position);
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new EOFException();
                }
            }
        };
        return new ModelBytes(source, channel.size(), channel.size());
    }

    /** @param size of the whole */
    static ModelBytes beginning(ByteBuffer first, long size) {
        Source source = (position, target) -> target.put(first.slice((int) position, target.remaining()));
        return new ModelBytes(source, size, first.limit());
    }

    long size() {
        return size;
    }

    /**
     * So many bytes from there, in little-endian order.
     *
     * @throws EOFException when the file ends before
     * @throws NotThereYetException when they have not arrived
     */
    ByteBuffer read(long position, int length) throws IOException {
        if (position < 0 || position > size - length) {
            throw new EOFException();
        }
        if (position > there - length) {
            throw new NotThereYetException();
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        source.read(position, bytes);
        return bytes.flip();
    }

    boolean startsWith(byte[] beginning) throws IOException {
        return size >= beginning.length && read(0, beginning.length).equals(ByteBuffer.wrap(beginning));
    }

    /** A part of the file from its beginning to its end, buffered. */
    InputStream stream(long position, long length) {
        return new Stream(position, Math.addExact(position, length));
    }

    private final class Stream extends InputStream {
        private final long end;
        private long position;
        private ByteBuffer chunk = ByteBuffer.allocate(0);

        Stream(long position, long end) {
            this.position = position;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            return fill() ? chunk.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, chunk.remaining());
            chunk.get(target, offset, count);
            return count;
        }

        /** Costs nothing, however far. */
        @Override
        public long skip(long count) {
            long skipped = Math.clamp(count, 0, chunk.remaining() + end - position);
            int buffered = (int) Math.min(skipped, chunk.remaining());
            chunk.position(chunk.position() + buffered);
            position += skipped - buffered;
            return skipped;
        }

        private boolean fill() throws IOException {
            if (!chunk.hasRemaining() && position < end) {
                // At least a byte is asked for, so that what has not arrived is noticed.
                int length = (int) Math.clamp(there - position, 1, Math.min(CHUNK, end - position));
                chunk = ModelBytes.this.read(position, length);
                position += length;
            }
            return chunk.hasRemaining();
        }
    }
}
