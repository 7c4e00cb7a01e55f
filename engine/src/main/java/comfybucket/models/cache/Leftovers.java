package comfybucket.models.cache;

import comfybucket.files.Disk;
import comfybucket.files.FileState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What processes left that ended in the middle, and that nobody has gone on with for long. */
final class Leftovers {
    static final String TEMPORARY = ".tmp";

    /** Our own names only: the Python pack's temporary files have no id. */
    private static final Pattern OURS = Pattern.compile(
            ".+\\.[0-9a-f]{8}\\.(download|journal)|.+\\.(s3etag|s3model)\\.[0-9a-f]{8}\\" + TEMPORARY, Pattern.DOTALL);
    /** Whoever is at a download writes to its journal all the time. */
    private static final Duration LONG = Duration.ofDays(7);

    static void clean(Path folder, Disk disk) throws IOException {
        Instant limit = Instant.now().minus(LONG);
        for (Path file : disk.list(folder)) {
            if (OURS.matcher(file.getFileName().toString()).matches()) {
                Optional<Instant> modified = time(file, disk);
                if (modified.filter(time -> time.isBefore(limit)).isPresent()) {
                    disk.delete(file);
                }
            }
        }
    }

    /** The bytes may have got the time of their object already; the journal shows when somebody was at it. */
    private static Optional<Instant> time(Path file, Disk disk) throws IOException {
        String name = file.getFileName().toString();
        Path journal = file.resolveSibling(name.replaceFirst("\\.download$", ".journal"));
        Optional<FileState> state = disk.state(journal);
        return (state.isPresent() ? state : disk.state(file)).map(FileState::modified);
    }

    private Leftovers() {}
}
