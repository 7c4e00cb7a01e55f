package comfybucket.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A piece of a file, opened anew for every try. */
record FilePayload(Path file, long offset, long length) implements Payload {
    FilePayload {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("Not a piece of a file: " + length + " bytes at " + offset);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new PieceStream(FileChannel.open(file, StandardOpenOption.READ), file, offset, offset + length);
    }

    /** Reads by position, so that it needs no seek and shares nothing with other readers of the file. */
    private static final class PieceStream extends InputStream {
        private final FileChannel channel;
        private final Path file;
        private final long end;
        private long position;

        PieceStream(FileChannel channel, Path file, long start, long end) {
            this.channel = channel;
            this.file = file;
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            int wanted = (int) Math.min(length, end - position);
            if (wanted == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
            if (count < 0) {
                throw new FileSystemException(file.toString(), null, "it became shorter while it was uploaded");
            }
            position += count;
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.clamp(count, 0, end - position);
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
