package comfybucket.transfer;

import comfybucket.error.Amount;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What users are told when a disk does not do what it shall. */
public final class DiskTrouble {
    /** What Linux and macOS, and Windows in English, say of a full disk or a quota that is used up. */
    private static final String[] FULL = {"no space left", "not enough space", "quota exceeded"};

    /**
     * That something could not be written.
     *
     * @param needed bytes that were to be written
     */
    public static CloudException of(IOException failure, Path folder, long needed, Disk disk) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return Stream.of(FULL).anyMatch(text::contains)
                ? full(folder, needed, room(folder, disk))
                : notWritable(folder, failure.getClass().getSimpleName());
    }

    private static long room(Path folder, Disk disk) {
        try {
            return disk.room(folder);
        } catch (IOException unknown) {
            return 0;
        }
    }

    /** @param room bytes that are free, as far as the system knows */
    static CloudException full(Path folder, long needed, long room) {
        return new CloudException(
                Problem.DISK_FULL,
                Map.of(
                        "needed", Amount.of(needed),
                        "folder", folder.toString(),
                        "missing", Amount.atLeast(Math.max(1, needed - room))));
    }

    static CloudException notWritable(Path folder, String reason) {
        return new CloudException(Problem.FOLDER_NOT_WRITABLE, Map.of("folder", folder.toString(), "reason", reason));
    }

    private DiskTrouble() {}
}
