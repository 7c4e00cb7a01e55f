package comfybucket.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The saved pictures where ComfyUI's page can show them on the node: the very bytes that were uploaded, in ComfyUI's temp
 * folder, which ComfyUI empties itself.
 */
final class Previews {
    private static final String FOLDER = "cloud_storage";

    private final Optional<Path> temp;
    private final SecureRandom random = new SecureRandom();

    /** @param temp ComfyUI's temp folder; without one there are no previews */
    Previews(Optional<Path> temp) {
        this.temp = temp;
    }

    /** A preview that cannot be written is left out: the picture itself is safe. */
    Optional<Ui.Image> show(byte[] file, String extension) {
        if (temp.isEmpty()) {
            return Optional.empty();
        }
        byte[] id = new byte[8];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id) + "." + extension;
        try {
            Path folder = Files.createDirectories(temp.get().resolve(FOLDER));
            Files.write(folder.resolve(name), file);
            return Optional.of(new Ui.Image(name, FOLDER, "temp"));
        } catch (IOException unwritable) {
            return Optional.empty();
        }
    }
}
