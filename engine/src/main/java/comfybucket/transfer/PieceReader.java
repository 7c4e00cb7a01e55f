package comfybucket.transfer;

import comfybucket.files.DiskFile;
import comfybucket.storage.ByteRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.Checksum;

/** Reads pieces of a file to see what they are. */
final class PieceReader {
    /** Reads of the disk at a time. */
    static final int WIDTH = 4;

    private static final int BUFFER = 1 << 18;

    static long crc(DiskFile file, Plan plan, int piece) {
        ByteRange range = plan.pieces().range(piece);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, range.length()));
        Checksum crc = plan.crc().start();
        long end = range.offset() + range.length();
        try {
            for (long position = range.offset(); position < end; position += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
                file.readFully(buffer, position);
                crc.update(buffer.array(), 0, buffer.limit());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return crc.getValue();
    }

    private PieceReader() {}
}
