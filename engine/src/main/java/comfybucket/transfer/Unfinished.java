package comfybucket.transfer;

import comfybucket.files.Disk;
import comfybucket.files.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A file on its way to its name: its bytes and, unless it is a small one that is nobody else's concern, the notes about them. */
final class Unfinished implements AutoCloseable {
    private final Announcement announcement;
    private final DiskFile file;
    private final Map<Integer, Long> noted;
    private volatile boolean worthKeeping;
    private volatile boolean givenUp;

    private Unfinished(Announcement announcement, DiskFile file, Map<Integer, Long> noted) {
        this.announcement = announcement;
        this.file = file;
        this.noted = noted;
        this.worthKeeping = !noted.isEmpty();
    }

    /**
     * What somebody left of the same version, or an empty file of the right size. In a folder that others look into, each
     * is seen before it looks whether there are others; so of those that begin at once, all but one see that they are not
     * alone.
     *
     * @param others those who share the folder, where it is such a one
     * @return empty when it is somebody else's turn
     */
    static Optional<Unfinished> open(JournalHeader header, Path target, Disk disk, Optional<OtherDownloads> others)
            throws IOException {
        if (others.isEmpty() && header.pieces().count() <= 1) {
            return Optional.of(begin(Announcement.quiet(target, disk), header, disk, others));
        }
        Announcement announcement = Announcement.of(header, target, disk);
        boolean first = false;
        try {
            first = others.isEmpty() || others.get().isFirst(announcement.attempt());
        } finally {
            if (!first) {
                announcement.end(false);
            }
        }
        return first ? Optional.of(begin(announcement, header, disk, others)) : Optional.empty();
    }

    private static Unfinished begin(
            Announcement announcement, JournalHeader header, Disk disk, Optional<OtherDownloads> others)
            throws IOException {
        Path bytes = announcement.attempt().bytes();
        Optional<Map<Integer, Long>> done = Optional.empty();
        try {
            done = announcement.isQuiet()
                    ? Optional.empty()
                    : new LeftBehind(header, disk, others).takeUp(announcement);
            DiskFile file = done.isPresent() ? disk.open(bytes) : disk.create(bytes);
            boolean whole = file.size() == header.pieces().size();
            file.resize(header.pieces().size());
            return new Unfinished(announcement, file, whole ? done.orElse(Map.of()) : Map.of());
        } catch (IOException failed) {
            announcement.end(done.isPresent());
            throw failed;
        }
    }

    Path bytes() {
        return announcement.attempt().bytes();
    }

    DiskFile file() {
        return file;
    }

    /** The CRCs of pieces that are there, if the disk has kept them. */
    Map<Integer, Long> noted() {
        return noted;
    }

    void arrived(int piece, long crc) throws IOException {
        if (!announcement.isQuiet()) {
            announcement.arrived(Map.of(piece, crc));
            worthKeeping = true;
        }
    }

    /** Nobody shall take this up. */
    void giveUp() {
        givenUp = true;
    }

    /** Leaves to others what they can go on with, and removes the rest. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException stays) {
            // What counts of it was forced before, or is compared with its notes.
        } finally {
            announcement.end(worthKeeping && !givenUp);
        }
    }
}
