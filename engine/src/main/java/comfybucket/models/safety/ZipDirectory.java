package comfybucket.models.safety;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory of a ZIP archive, read so strictly that every program that reads the archive finds the same files in it:
 * the end record is the last thing in the file, and the directory stands directly before it. This is how PyTorch writes.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">The format</a>
 */
final class ZipDirectory {
    static final int END = 0x06054b50;
    static final int END_LENGTH = 22;
    static final int LONGEST_COMMENT = 0xFFFF;

    private static final int END_64 = 0x06064b50;
    private static final int END_64_LENGTH = 56;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_LENGTH = 20;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int EXTRA_64 = 1;
    private static final long IN_EXTRA = 0xFFFFFFFFL;

    /** Bytes; an archive has an entry of about 100 bytes for each tensor. */
    private static final long LARGEST = 1 << 26;

    private record Place(long entries, long size, long offset) {}

    static List<ArchiveEntry> read(ModelBytes file) throws IOException {
        Place place = place(file);
        if (place.size() < 0 || place.size() > LARGEST) {
            throw unreadable();
        }
        ByteBuffer directory = file.read(place.offset(), (int) place.size());
        List<ArchiveEntry> entries = new ArrayList<>();
        while (directory.hasRemaining()) {
            entries.add(entry(directory));
        }
        if (entries.size() != place.entries()) {
            throw unreadable();
        }
        return entries;
    }

    private static Place place(ModelBytes file) throws IOException {
        long endAt = file.size() - END_LENGTH;
        ByteBuffer end = file.read(endAt, END_LENGTH);
        if (end.getInt(0) != END || end.getInt(4) != 0 || end.getShort(20) != 0) {
            throw new UnfitException("is an archive that is cut off, or has something behind its end");
        }
        Place small = new Place(
                Short.toUnsignedLong(end.getShort(10)),
                Integer.toUnsignedLong(end.getInt(12)),
                Integer.toUnsignedLong(end.getInt(16)));
        long directoryEnd = endAt;
        Place place = small;
        long locatorAt = endAt - LOCATOR_64_LENGTH;
        if (locatorAt >= 0 && file.read(locatorAt, Integer.BYTES).getInt() == LOCATOR_64) {
            directoryEnd = locatorAt - END_64_LENGTH;
            ByteBuffer large = file.read(directoryEnd, END_64_LENGTH);
            if (large.getInt(0) != END_64
                    || file.read(locatorAt + 8, Long.BYTES).getLong() != directoryEnd) {
                throw unreadable();
            }
            place = new Place(large.getLong(32), large.getLong(40), large.getLong(48));
        }
        if (!agree(small, place) || place.offset() < 0 || place.offset() + place.size() != directoryEnd) {
            throw unreadable();
        }
        return place;
    }

    /** What the record with little room says is right, unless it says that the other one knows. */
    private static boolean agree(Place small, Place place) {
        return (small.entries() == 0xFFFF || small.entries() == place.entries())
                && (small.size() == IN_EXTRA || small.size() == place.size())
                && (small.offset() == IN_EXTRA || small.offset() == place.offset());
    }

    private static ArchiveEntry entry(ByteBuffer directory) throws IOException {
        int at = directory.position();
        if (directory.remaining() < ENTRY_LENGTH || directory.getInt(at) != ENTRY) {
            throw unreadable();
        }
        int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
        int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
        int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
        if (directory.remaining() < ENTRY_LENGTH + nameLength + extraLength + commentLength) {
            throw unreadable();
        }
        byte[] name = new byte[nameLength];
        directory.get(at + ENTRY_LENGTH, name);
        long[] sizes = {
            Integer.toUnsignedLong(directory.getInt(at + 24)),
            Integer.toUnsignedLong(directory.getInt(at + 20)),
            Integer.toUnsignedLong(directory.getInt(at + 42))
        };
        fromExtra(directory.slice(at + ENTRY_LENGTH + nameLength, extraLength).order(directory.order()), sizes);
        directory.position(at + ENTRY_LENGTH + nameLength + extraLength + commentLength);
        if (sizes[0] < 0 || sizes[1] < 0 || sizes[2] < 0) {
            throw unreadable();
        }
        return new ArchiveEntry(
                new String(name, StandardCharsets.ISO_8859_1),
                directory.getShort(at + 8),
                Short.toUnsignedInt(directory.getShort(at + 10)),
                sizes[1],
                sizes[0],
                sizes[2]);
    }

    /** Fills in size, compressed size and offset, in this order, where they did not fit into 32 bits. */
    private static void fromExtra(ByteBuffer extra, long[] sizes) throws UnfitException {
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) {
                throw unreadable();
            }
            int next = extra.position() + length;
            if (id == EXTRA_64) {
                for (int i = 0; i < sizes.length; i++) {
                    if (sizes[i] == IN_EXTRA) {
                        if (next - extra.position() < Long.BYTES) {
                            throw unreadable();
                        }
                        sizes[i] = extra.getLong();
                    }
                }
            }
            extra.position(next);
        }
    }

    private static UnfitException unreadable() {
        return new UnfitException("is an archive whose directory is damaged");
    }

    private ZipDirectory() {}
}
