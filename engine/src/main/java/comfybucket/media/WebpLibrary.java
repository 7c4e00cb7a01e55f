package comfybucket.media;

import com.luciad.imageio.webp.internal.NativeLoader;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Loads the native libwebp on first use.
 *
 * <p>The library's own loader unpacks into the shared temp folder and leaves the file behind when the process is killed. It
 * is given a private folder instead, which is emptied as soon as the system has the file mapped (on Windows: at exit).
 */
final class WebpLibrary {
    private static final String FOLDER_PROPERTY = "com.luciad.imageio.webp.tmpdir";

    private WebpLibrary() {}

    /** Its initialisation loads the library, once for all threads. */
    private static final class Loaded {
        static final Optional<Throwable> FAILURE = load();
    }

    /** @throws CloudException {@link Problem#CODEC_NOT_AVAILABLE} when this system cannot load the library */
    static void require() {
        Loaded.FAILURE.ifPresent(failure -> {
            throw new CloudException(
                    Problem.CODEC_NOT_AVAILABLE,
                    Map.of("codec", "WebP", "format", "a file", "choices", "png, jpg"),
                    failure);
        });
    }

    private static Optional<Throwable> load() {
        try {
            Path folder = Files.createTempDirectory(
                    "comfy-bucket-webp-" + ProcessHandle.current().pid() + "-");
            // registered before the loader registers its files, therefore deleted after them
            folder.toFile().deleteOnExit();
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            try {
                return NativeLoader.initialize()
                        ? Optional.empty()
                        : Optional.of(new UnsatisfiedLinkError("no library for this system"));
            } finally {
                System.clearProperty(FOLDER_PROPERTY);
                delete(folder.toFile());
            }
        } catch (IOException | RuntimeException | LinkageError failure) {
            return Optional.of(failure);
        }
    }

    private static void delete(File folder) throws IOException {
        boolean emptied = true;
        for (File file : Objects.requireNonNullElse(folder.listFiles(), new File[0])) {
            emptied &= file.delete();
        }
        if (emptied) {
            Files.deleteIfExists(folder.toPath());
        }
    }
}
