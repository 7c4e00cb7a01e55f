package comfybucket.transfer;

import comfybucket.files.Disk;
import comfybucket.files.DiskFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The notes of one download: what has arrived, and that somebody is still at it. Only ever added to. */
final class Journal implements AutoCloseable {
    static final String RELEASED = "released";

    private static final String BEAT = "beat";
    /** More than the journal of any object that S3 can hold. */
    private static final int LONGEST = 1 << 27;

    private final Disk disk;
    private final Path file;
    private final DiskFile open;
    private long end;

    private Journal(Disk disk, Path file, DiskFile open) {
        this.disk = disk;
        this.file = file;
        this.open = open;
    }

    /** Its first line is forced, so that other machines see it too. */
    static Journal begin(Disk disk, Path file, JournalHeader header) throws IOException {
        Journal journal = new Journal(disk, file, disk.create(file));
        try {
            journal.append(JournalLines.bytes(header.text()));
            journal.open.force();
            return journal;
        } catch (IOException failed) {
            journal.close();
            throw failed;
        }
    }

    /** What a journal says now; empty when there is none that can be read. */
    static Optional<byte[]> read(Disk disk, Path file) {
        try (DiskFile open = disk.read(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LONGEST, open.size()));
            open.readFully(bytes, 0);
            return Optional.of(bytes.array());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** @param pieces the CRC of each, by its index */
    void arrived(Map<Integer, Long> pieces) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        pieces.forEach((piece, crc) -> lines.writeBytes(JournalLines.bytes(Journaled.piece(piece, crc))));
        append(lines.toByteArray());
    }

    /** Shows others, on other machines too, that this download is alive. */
    void beat() throws IOException {
        append(JournalLines.bytes(BEAT));
        open.force();
    }

    private synchronized void append(byte[] line) throws IOException {
        open.writeFully(ByteBuffer.wrap(line), end);
        end += line.length;
    }

    /** Lets go of the download, so that others need not wait to take it up. */
    void release() throws IOException {
        // Not through the open file, which is closed when a thread that writes to it is interrupted.
        try (DiskFile again = disk.open(file)) {
            again.writeFully(ByteBuffer.wrap(JournalLines.bytes(RELEASED)), again.size());
        }
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
