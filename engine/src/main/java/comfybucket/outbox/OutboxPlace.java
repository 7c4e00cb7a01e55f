package comfybucket.outbox;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the outbox is. The launcher looks for its owners at the same places. */
public final class OutboxPlace {
    private static final String FOLDER = "outbox";

    /**
     * Beside the profiles; where nothing can be written there, in the system's folder for data. It need not exist.
     *
     * @param profilesFile which need not exist either
     * @param dataFolder the system's
     */
    public static Path find(Path profilesFile, Path dataFolder) {
        Path beside = profilesFile.toAbsolutePath().resolveSibling(FOLDER);
        return isWritable(beside) ? beside : dataFolder.resolve(FOLDER);
    }

    /** The folder itself, or else the nearest one above that is there, where it would be made. */
    private static boolean isWritable(Path folder) {
        for (Path place = folder; place != null; place = place.getParent()) {
            if (Files.exists(place)) {
                return Files.isDirectory(place) && Files.isWritable(place);
            }
        }
        return false;
    }

    private OutboxPlace() {}
}
