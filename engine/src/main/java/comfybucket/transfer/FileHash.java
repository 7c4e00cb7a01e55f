package comfybucket.transfer;

import comfybucket.checksum.Digests;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ByteRange;
import comfybucket.storage.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/** What a large file is checked by when it comes back. */
final class FileHash {
    private static final int BUFFER = 1 << 18;

    /**
     * In lower-case hex.
     *
     * @throws CloudException {@link Problem#FILE_NOT_READABLE}
     * @throws CancellationException when this thread is interrupted
     */
    static String sha256(Path file) {
        return sha256(file, bytes -> {});
    }

    /**
     * The same.
     *
     * @param read is told how many more bytes have been read
     */
    static String sha256(Path file, LongConsumer read) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return sha256(bytes, read);
        } catch (IOException unreadable) {
            throw failed(file, unreadable);
        }
    }

    /** The same of a piece of the file. */
    static String sha256(Path file, ByteRange piece) {
        try (InputStream bytes =
                Payload.of(file, piece.offset(), piece.length()).open()) {
            return sha256(bytes, count -> {});
        } catch (IOException unreadable) {
            throw failed(file, unreadable);
        }
    }

    private static String sha256(InputStream bytes, LongConsumer read) throws IOException {
        byte[] buffer = new byte[BUFFER];
        MessageDigest digest = Digests.sha256();
        for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
            digest.update(buffer, 0, count);
            read.accept(count);
            // The JDK's streams of files go on reading when their thread is interrupted.
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static RuntimeException failed(Path file, IOException unreadable) {
        return unreadable instanceof ClosedByInterruptException
                ? new CancellationException("Cancelled")
                : notReadable(file, unreadable.getClass().getSimpleName());
    }

    static CloudException notReadable(Path file, String reason) {
        return new CloudException(Problem.FILE_NOT_READABLE, Map.of("path", file.toString(), "reason", reason));
    }

    private FileHash() {}
}
