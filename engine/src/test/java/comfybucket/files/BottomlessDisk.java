package comfybucket.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The machine's disk, except that of each file only the beginning is kept: what lies behind it reads as zeros and takes no
 * room. For objects that are larger than any disk of a test machine.
 */
public final class BottomlessDisk implements Disk {
    private static final long KEPT = 1 << 20;

    private final Disk disk = new SystemDisk();

    @Override
    public DiskFile create(Path file) throws IOException {
        return new Shallow(disk.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new Shallow(disk.open(file));
    }

    @Override
    public DiskFile read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public Optional<FileState> state(Path file) throws IOException {
        return disk.state(file);
    }

    @Override
    public boolean same(Path file, Path other) throws IOException {
        return disk.same(file, other);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        disk.createFolders(folder);
    }

    @Override
    public void setModified(Path file, Instant time) throws IOException {
        disk.setModified(file, time);
    }

    @Override
    public void publish(Path file, Path name) throws IOException {
        disk.publish(file, name);
    }

    @Override
    public void replace(Path file, Path name) throws IOException {
        disk.replace(file, name);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void force(Path folder) throws IOException {
        disk.force(folder);
    }

    @Override
    public long room(Path folder) {
        return Long.MAX_VALUE;
    }

    private record Shallow(DiskFile file) implements DiskFile {
        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            if (position < KEPT) {
                return file.write(from, position);
            }
            int count = from.remaining();
            from.position(from.limit());
            return count;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void resize(long size) throws IOException {
            file.resize(size);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
