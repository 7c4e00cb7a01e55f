package comfybucket.node;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Objects on their way to the pack, as files that only this user can read; the pack deletes them. */
final class Scratch {
    private static final int CHUNK = 256 * 1024;

    /** Reads the object to its end into a new file. On any failure no file is left. */
    static Path file(ObjectContent content, Progress progress) {
        Path file = null;
        boolean whole = false;
        try {
            file = Files.createTempFile("comfy-bucket-", ".object");
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(content, out, progress);
            }
            whole = true;
            return file;
        } catch (IOException failed) {
            throw new CloudException(
                    Problem.FOLDER_NOT_WRITABLE,
                    Map.of(
                            "folder",
                            System.getProperty("java.io.tmpdir"),
                            "reason",
                            String.valueOf(failed.getMessage())),
                    failed);
        } finally {
            if (!whole && file != null) {
                delete(file);
            }
        }
    }

    private static void copy(ObjectContent content, OutputStream out, Progress progress) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long done = 0;
        for (int count = content.bytes().read(chunk);
                count >= 0;
                count = content.bytes().read(chunk)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            out.write(chunk, 0, count);
            done += count;
            progress.update(done, content.info().size());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // It lies in the system's temporary folder, which is cleaned by others too.
        }
    }

    private Scratch() {}
}
