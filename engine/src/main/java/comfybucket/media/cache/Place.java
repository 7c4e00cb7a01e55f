package comfybucket.media.cache;

import comfybucket.files.Folders;
import comfybucket.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files are: in the folder that is wanted, or where nobody may write there, in one for this process alone. */
final class Place {
    private final Path wanted;
    private Path found;

    Place(Path wanted) {
        this.wanted = wanted;
    }

    /** A folder that only this user can look into. */
    synchronized Path folder() {
        if (found == null) {
            found = make();
        }
        return found;
    }

    private Path make() {
        try {
            OwnerOnly.makeFolder(wanted);
            if (Files.isWritable(wanted)) {
                return wanted;
            }
        } catch (IOException notThere) {
            // A home that is read-only, or none at all, as in some containers.
        }
        try {
            Path own = Files.createTempDirectory("comfy-bucket-media-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(own)));
            return own;
        } catch (IOException nowhere) {
            throw new UncheckedIOException(nowhere);
        }
    }
}
