package comfybucket.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that is being written and has no final name yet. Closing it removes what was not published. */
public final class StagedFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final Staging staging;

    StagedFile(Path path, FileChannel channel, Staging staging) {
        this.path = path;
        this.channel = channel;
        this.staging = staging;
    }

    /** Appends. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Appends a part of another file; the bytes do not pass through the heap. */
    public void append(FileChannel source, long position, long length) throws IOException {
        for (long at = position, end = position + length; at < end; ) {
            long count = source.transferTo(at, end - at, channel);
            if (count <= 0) {
                throw new IOException("The file has become shorter while it was copied.");
            }
            at += count;
        }
    }

    /** Ends the writing: everything is on disk, with the identity that the file keeps under its final name. */
    Identity finish() throws IOException {
        Identity identity = Identity.stamp(path);
        staging.force(channel);
        channel.close();
        return identity;
    }

    /** Ends the writing and gives the file that name, in a directory of ours that is created when it is missing. */
    void moveTo(Path target) throws IOException {
        staging.force(channel);
        channel.close();
        try {
            Publish.replace(path, target);
        } catch (NoSuchFileException e) {
            Files.createDirectories(target.getParent());
            Publish.replace(path, target);
        }
    }

    /** Bytes so far. */
    public long size() throws IOException {
        return channel.size();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
