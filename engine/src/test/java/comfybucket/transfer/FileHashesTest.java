package comfybucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.checksum.Digests;
import comfybucket.error.CloudException;
import comfybucket.storage.ByteRange;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {
    private static final Parts PLAN = new Parts(1_000_003, 300_000);

    @Test
    void ofTheWholeAndOfEachPart(@TempDir Path folder) throws IOException {
        byte[] bytes = bytes();
        AtomicLong read = new AtomicLong();
        FileHashes hashes = FileHashes.of(Files.write(folder.resolve("file"), bytes), PLAN, read::addAndGet);
        assertThat(read).hasValue(bytes.length);
        assertThat(hashes.whole()).isEqualTo(sha256(bytes));
        assertThat(hashes.parts())
                .containsExactly(
                        sha256(Arrays.copyOfRange(bytes, 0, 300_000)),
                        sha256(Arrays.copyOfRange(bytes, 300_000, 600_000)),
                        sha256(Arrays.copyOfRange(bytes, 600_000, 900_000)),
                        sha256(Arrays.copyOfRange(bytes, 900_000, bytes.length)));
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> FileHashes.of(folder.resolve("gone"), PLAN, read -> {}))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void whoeverIsInterruptedIsCancelled(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes());
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> FileHashes.of(file, PLAN, read -> {})).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aPartOfAFileThatWasChangedIsNotSent(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes());
        PartPayload part = new PartPayload(file, FileShape.of(file), new ByteRange(0, 10), "00");
        part.open().close();
        Files.write(file, new byte[20]);
        assertThatThrownBy(part::open).isInstanceOf(FileSystemException.class).hasMessageContaining("changed");
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[Math.toIntExact(PLAN.size())];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
    }
}
