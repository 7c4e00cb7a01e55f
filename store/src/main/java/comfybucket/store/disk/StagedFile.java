package comfybucket.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is being written and has no final name yet. Closing it removes it, unless it was published. */
public final class StagedFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final Staging staging;
    private boolean kept;

    private StagedFile(Path path, Staging staging) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.staging = staging;
    }

    /** Creates the file, and its directory when that is missing. */
    static StagedFile createAt(Path path, Staging staging) throws IOException {
        try {
            return new StagedFile(path, staging);
        } catch (NoSuchFileException e) {
            Files.createDirectories(path.getParent());
            return new StagedFile(path, staging);
        }
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

    /** Gives the finished file the identity that it keeps under its final name. */
    Identity stamp() throws IOException {
        return Identity.stamp(path);
    }

    /** Ends the writing; everything is on disk, if the store is run so. */
    void finish() throws IOException {
        staging.force(channel);
        channel.close();
    }

    /** Ends the writing of a file that has its final name already. */
    void keep() throws IOException {
        finish();
        kept = true;
    }

    /** Ends the writing and gives the file that name, in a directory of ours that is created when it is missing. */
    void moveTo(Path target) throws IOException {
        finish();
        try {
            Publish.replace(path, target);
        } catch (NoSuchFileException e) {
            Files.createDirectories(target.getParent());
            Publish.replace(path, target);
        }
        kept = true;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!kept) {
            Files.deleteIfExists(path);
        }
    }
}
