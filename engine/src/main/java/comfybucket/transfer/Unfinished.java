package comfybucket.transfer;

import comfybucket.files.Disk;
import comfybucket.files.DiskFile;
import comfybucket.process.ProcessMark;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file on its way to its name: its bytes and, unless it is a small one that is nobody else's concern, the notes about
 * them. What a process left that has ended is taken up by renaming it, which only one can do; so no lock is needed, on
 * whatever file system.
 */
final class Unfinished implements AutoCloseable {
    private final Disk disk;
    private final Attempt attempt;
    private final DiskFile file;
    private final Optional<Journal> journal;
    private final Optional<Heart> heart;
    private final Map<Integer, Long> noted;
    private volatile boolean worthKeeping;
    private volatile boolean givenUp;

    private Unfinished(Disk disk, Attempt attempt, DiskFile file, Optional<Journal> journal, Map<Integer, Long> noted) {
        this.disk = disk;
        this.attempt = attempt;
        this.file = file;
        this.journal = journal;
        this.heart = journal.map(Heart::new);
        this.noted = noted;
        this.worthKeeping = !noted.isEmpty();
    }

    /**
     * What somebody left of the same version, or an empty file of the right size.
     *
     * @param others those who share the folder, where it is one that others look into: what they shall see is noted
     */
    static Unfinished open(JournalHeader header, Path target, Disk disk, Optional<OtherDownloads> others)
            throws IOException {
        boolean noted = others.isPresent() || header.pieces().count() > 1;
        if (noted) {
            for (Attempt left : Attempt.at(target, disk)) {
                Optional<Journaled> journal = left.journal(disk).filter(header::isOfSameVersion);
                if (journal.isPresent()
                        && (others.filter(heard -> heard.isSilent(left)).isPresent()
                                || left.life(journal.get(), disk) == ProcessMark.Life.ENDED)) {
                    Optional<Unfinished> taken =
                            takeUp(left, header, journal.get().done(), disk);
                    if (taken.isPresent()) {
                        return taken.get();
                    }
                }
            }
        }
        return begin(header, target, disk, noted);
    }

    private static Unfinished begin(JournalHeader header, Path target, Disk disk, boolean noted) throws IOException {
        Attempt attempt = Attempt.fresh(target);
        attempt.enter();
        try {
            Optional<Journal> journal =
                    noted ? Optional.of(Journal.begin(disk, attempt.notes(), header, Map.of())) : Optional.empty();
            DiskFile file = disk.create(attempt.bytes());
            file.resize(header.pieces().size());
            return new Unfinished(disk, attempt, file, journal, Map.of());
        } catch (IOException failed) {
            attempt.leave();
            attempt.delete(disk);
            throw failed;
        }
    }

    /** New notes first, then the bytes, then away with the old notes: a crash in between loses nothing. */
    private static Optional<Unfinished> takeUp(Attempt left, JournalHeader header, Map<Integer, Long> done, Disk disk)
            throws IOException {
        if (disk.same(left.bytes(), left.target())) {
            // It has got its name already; nobody may write to it any more.
            left.delete(disk);
            return Optional.empty();
        }
        Attempt attempt = Attempt.fresh(left.target());
        attempt.enter();
        Journal journal = Journal.begin(disk, attempt.notes(), header, done);
        try {
            disk.replace(left.bytes(), attempt.bytes());
        } catch (IOException notThere) {
            journal.close();
            attempt.leave();
            disk.delete(attempt.notes());
            if (notThere instanceof NoSuchFileException) {
                // Somebody else was faster, or its owner ended before it had bytes.
                disk.delete(left.notes());
                return Optional.empty();
            }
            throw notThere;
        }
        disk.delete(left.notes());
        DiskFile file = disk.open(attempt.bytes());
        boolean whole = file.size() == header.pieces().size();
        file.resize(header.pieces().size());
        return Optional.of(new Unfinished(disk, attempt, file, Optional.of(journal), whole ? done : Map.of()));
    }

    Path bytes() {
        return attempt.bytes();
    }

    DiskFile file() {
        return file;
    }

    /** The CRCs of pieces that are there, if the disk has kept them. */
    Map<Integer, Long> noted() {
        return noted;
    }

    void arrived(int piece, long crc) throws IOException {
        if (journal.isPresent()) {
            journal.get().arrived(piece, crc);
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
        // An interrupted thread can write no file.
        boolean interrupted = Thread.interrupted();
        heart.ifPresent(Heart::stop);
        try {
            file.close();
            if (journal.isPresent()) {
                journal.get().close();
            }
            if (worthKeeping && !givenUp) {
                journal.orElseThrow().release();
            } else {
                attempt.delete(disk);
            }
        } catch (IOException stays) {
            // What is left says by its name what it is, and is removed after a time.
        } finally {
            attempt.leave();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
