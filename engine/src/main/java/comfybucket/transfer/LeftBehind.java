package comfybucket.transfer;

import comfybucket.files.Disk;
import comfybucket.process.ProcessMark;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/**
 * What processes that have ended left of a download. It is taken up by renaming it, which only one can do; so no lock is
 * needed, on whatever file system.
 *
 * @param header of the version that is wanted
 * @param others who have been listened to
 */
record LeftBehind(JournalHeader header, Disk disk, Optional<OtherDownloads> others) {
    /**
     * Makes the bytes of one of them those of another attempt.
     *
     * @return the CRCs of the pieces that are there, if the disk has kept them; empty when there is nothing to take up
     */
    Optional<Map<Integer, Long>> takeUp(Announcement by) throws IOException {
        for (Attempt left : Attempt.at(by.attempt().target(), disk)) {
            Optional<Journaled> journal = left.journal(disk).filter(header::isOfSameVersion);
            if (journal.isPresent()
                    && isOver(left, journal.get())
                    && isTaken(left, journal.get().done(), by)) {
                return Optional.of(journal.get().done());
            }
        }
        return Optional.empty();
    }

    private boolean isOver(Attempt left, Journaled journal) throws IOException {
        return others.filter(heard -> heard.isSilent(left)).isPresent()
                || left.life(journal, disk) == ProcessMark.Life.ENDED;
    }

    /** New notes first, then the bytes, then away with the old notes: a crash in between loses nothing. */
    private boolean isTaken(Attempt left, Map<Integer, Long> done, Announcement by) throws IOException {
        if (disk.state(left.bytes()).isEmpty() || disk.same(left.bytes(), left.target())) {
            // Its owner ended before it had bytes; or they have got their name, and nobody may write to them any more.
            left.delete(disk);
            return false;
        }
        by.arrived(done);
        try {
            disk.replace(left.bytes(), by.attempt().bytes());
        } catch (NoSuchFileException taken) {
            // Somebody else was faster. What is noted too much has no bytes, and is found out by its CRC.
            return false;
        }
        disk.delete(left.notes());
        return true;
    }
}
