package comfybucket.media.cache;

import java.nio.file.Path;
import java.util.UUID;

/** A file that is still being made, or was when its process died. */
final class Part {
    private static final String BEFORE = ".";
    private static final String AFTER = ".part";

    /** A name that nobody has. */
    static Path in(Path folder) {
        return folder.resolve(BEFORE + UUID.randomUUID() + AFTER);
    }

    /** Also those that the downloader makes by itself. */
    static boolean is(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(BEFORE) && name.endsWith(AFTER);
    }

    private Part() {}
}
