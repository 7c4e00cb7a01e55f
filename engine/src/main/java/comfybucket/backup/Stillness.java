package comfybucket.backup;

import comfybucket.files.FileState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which files have not changed for a while, by this process's own clock: those of other machines' disks differ. */
final class Stillness {
    /** A file as it was, and since when. */
    private record Seen(FileState state, long since) {}

    private final long settleNanos;
    private final Map<Path, Seen> seen = new HashMap<>();

    Stillness(long settleNanos) {
        this.settleNanos = settleNanos;
    }

    /** Whether it is as it was at all looks for long enough. */
    boolean isStill(Path file, FileState now) {
        long time = System.nanoTime();
        Seen before = seen.get(file);
        if (before == null || !before.state().equals(now)) {
            seen.put(file, new Seen(now, time));
            return settleNanos == 0;
        }
        return time - before.since() >= settleNanos;
    }

    /** Forgets the others. */
    void keep(Set<Path> files) {
        seen.keySet().retainAll(files);
    }
}
