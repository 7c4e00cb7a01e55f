package comfybucket.transfer;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** What a large file is checked by when it comes back. */
final class FileHash {
    private static final int BUFFER = 1 << 18;

    /** In lower-case hex. */
    static String sha256(Path file) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw notReadable(file, unreadable.getClass().getSimpleName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    static CloudException notReadable(Path file, String reason) {
        return new CloudException(Problem.FILE_NOT_READABLE, Map.of("path", file.toString(), "reason", reason));
    }

    private FileHash() {}
}
