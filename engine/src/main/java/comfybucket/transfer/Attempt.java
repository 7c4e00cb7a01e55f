package comfybucket.transfer;

import comfybucket.files.Disk;
import comfybucket.files.FileState;
import comfybucket.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A try to download something to a place, as what it has on the disk: {@code <name>.<id>.download} for the bytes and
 * {@code <name>.<id>.journal} beside it.
 *
 * @param target what the file shall be called in the end
 * @param id of eight hex digits, another for each try
 */
record Attempt(Path target, String id) {
    private static final String BYTES = ".download";
    private static final String NOTES = ".journal";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");
    /** Nobody is silent for so long and still at it. */
    private static final Duration LONG_AGO = Duration.ofDays(1);

    /** Those that this process works at. */
    private static final Set<Attempt> HERE = ConcurrentHashMap.newKeySet();

    static Attempt fresh(Path target) {
        return new Attempt(
                target, String.format("%08x", ThreadLocalRandom.current().nextInt()));
    }

    /** All at a target that have a journal, of whatever version. */
    static List<Attempt> at(Path target, Disk disk) throws IOException {
        List<Attempt> found = new ArrayList<>();
        String start = target.getFileName() + ".";
        for (Path file : disk.list(target.getParent())) {
            String name = file.getFileName().toString();
            if (name.startsWith(start) && name.endsWith(NOTES) && name.length() > start.length() + NOTES.length()) {
                String id = name.substring(start.length(), name.length() - NOTES.length());
                if (ID.matcher(id).matches()) {
                    found.add(new Attempt(target, id));
                }
            }
        }
        return found;
    }

    Path bytes() {
        return target.resolveSibling(target.getFileName() + "." + id + BYTES);
    }

    Path notes() {
        return target.resolveSibling(target.getFileName() + "." + id + NOTES);
    }

    /** Empty when there is none that can be read. */
    Optional<Journaled> journal(Disk disk) {
        return Journal.read(disk, notes()).flatMap(Journaled::read);
    }

    /** From now on until {@link #leave}, this process is at it. */
    void enter() {
        HERE.add(this);
    }

    void leave() {
        HERE.remove(this);
    }

    ProcessMark.Life life(Journaled journal, Disk disk) throws IOException {
        ProcessMark owner = journal.header().owner();
        if (owner.isThisProcess()) {
            return HERE.contains(this) ? ProcessMark.Life.RUNS : ProcessMark.Life.ENDED;
        }
        if (journal.released()) {
            return ProcessMark.Life.ENDED;
        }
        ProcessMark.Life life = owner.life();
        Optional<Instant> last = disk.state(notes()).map(FileState::modified);
        boolean longAgo = last.filter(time -> time.isBefore(Instant.now().minus(LONG_AGO)))
                .isPresent();
        return life == ProcessMark.Life.UNKNOWN && longAgo ? ProcessMark.Life.ENDED : life;
    }

    void delete(Disk disk) throws IOException {
        disk.delete(bytes());
        disk.delete(notes());
    }
}
