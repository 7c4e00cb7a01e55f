package comfybucket.models.cache;

import comfybucket.files.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file for reading, with a position. */
final class ReadChannel implements SeekableByteChannel {
    private final DiskFile file;
    private long position;
    private boolean open = true;

    ReadChannel(DiskFile file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        int count = file.read(into, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long wanted) {
        position = wanted;
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** The file stays open: it is its opener's to close. */
    @Override
    public void close() {
        open = false;
    }
}
