package comfybucket.transfer;

import comfybucket.files.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * That this process is at a download, which others see by a journal that is kept alive; unless it is a small one that is
 * nobody else's concern.
 */
final class Announcement {
    private final Disk disk;
    private final Attempt attempt;
    private final Optional<Journal> journal;
    private final Optional<Heart> heart;

    private Announcement(Disk disk, Attempt attempt, Optional<Journal> journal) {
        this.disk = disk;
        this.attempt = attempt;
        this.journal = journal;
        this.heart = journal.map(Heart::new);
    }

    /** When this returns, whoever looks into the folder sees it. */
    static Announcement of(JournalHeader header, Path target, Disk disk) throws IOException {
        Attempt attempt = Attempt.fresh(target);
        attempt.enter();
        try {
            return new Announcement(disk, attempt, Optional.of(Journal.begin(disk, attempt.notes(), header)));
        } catch (IOException failed) {
            attempt.leave();
            attempt.delete(disk);
            throw failed;
        }
    }

    /** Nobody else sees it. */
    static Announcement quiet(Path target, Disk disk) {
        Attempt attempt = Attempt.fresh(target);
        attempt.enter();
        return new Announcement(disk, attempt, Optional.empty());
    }

    Attempt attempt() {
        return attempt;
    }

    boolean isQuiet() {
        return journal.isEmpty();
    }

    /** @param pieces the CRC of each, by its index */
    void arrived(Map<Integer, Long> pieces) throws IOException {
        if (journal.isPresent()) {
            journal.get().arrived(pieces);
        }
    }

    /** @param keep whether others can go on with what there is; else it is removed */
    void end(boolean keep) {
        // An interrupted thread can write no file.
        boolean interrupted = Thread.interrupted();
        heart.ifPresent(Heart::stop);
        try {
            if (journal.isPresent()) {
                journal.get().close();
            }
            if (keep && journal.isPresent()) {
                journal.get().release();
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
