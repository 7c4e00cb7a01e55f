package comfybucket.node;

import comfybucket.files.PrivateFiles;
import comfybucket.media.PngEncoder;
import comfybucket.media.Thumbnail;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The saved files where ComfyUI's page can show them on the node: the very bytes that were uploaded, in ComfyUI's temp
 * folder, which ComfyUI empties itself. What is yet to be encoded is shown as a smaller picture.
 */
final class Previews {
    private static final String FOLDER = "cloud_storage";

    /** Pixels; a picture on a node is seldom shown larger. */
    private static final int SMALL = 512;

    private final Optional<Path> temp;
    private final SecureRandom random = new SecureRandom();

    /** How a preview comes to be a file. */
    @FunctionalInterface
    private interface Placing {
        void at(Path place) throws IOException;
    }

    /** @param temp ComfyUI's temp folder; without one there are no previews */
    Previews(Optional<Path> temp) {
        this.temp = temp;
    }

    Optional<Ui.File> write(MemorySegment bytes, String extension) {
        return place(extension, at -> write(bytes, at));
    }

    /** The file itself, which is needed nowhere else any more. */
    Optional<Ui.File> move(Path file) {
        String name = file.getFileName().toString();
        return place(name.substring(name.lastIndexOf('.') + 1), at -> Files.move(file, at));
    }

    /** Of a picture that has no file yet: neither large nor compressed, because the graph waits for it. */
    Optional<Ui.File> draw(Finished.Later picture) {
        return write(MemorySegment.ofArray(small(picture)), "png");
    }

    private static byte[] small(Finished.Later picture) {
        return PngEncoder.store(Thumbnail.of(picture.image(), SMALL), picture.workflow());
    }

    private static void write(MemorySegment bytes, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            PrivateFiles.write(channel, bytes);
        }
    }

    /** What the page cannot show is left out, and so is a preview that cannot be written: the file itself is safe. */
    private Optional<Ui.File> place(String extension, Placing placing) {
        if (temp.isEmpty() || Medium.of(extension) == Medium.NONE) {
            return Optional.empty();
        }
        byte[] id = new byte[8];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id) + "." + extension;
        try {
            Path folder = Files.createDirectories(temp.get().resolve(FOLDER));
            placing.at(folder.resolve(name));
            return Optional.of(new Ui.File(name, FOLDER, "temp"));
        } catch (IOException unwritable) {
            return Optional.empty();
        }
    }
}
