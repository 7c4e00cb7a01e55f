package comfybucket.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadTest {
    private static final byte[] BYTES = new byte[10_000];

    static {
        new Random(1).nextBytes(BYTES);
    }

    @Test
    void everyKindGivesTheSameBytesHoweverTheyAreRead(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), BYTES);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment outside = arena.allocateFrom(ValueLayout.JAVA_BYTE, BYTES);
            for (Payload payload :
                    new Payload[] {Payload.of(BYTES), Payload.of(outside), Payload.of(file, 0, BYTES.length)}) {
                assertThat(payload.length()).isEqualTo(BYTES.length);
                assertThat(readInPieces(payload)).isEqualTo(BYTES);
                assertThat(payload.open().readAllBytes()).as("again").isEqualTo(BYTES);
            }
        }
    }

    private static byte[] readInPieces(Payload payload) throws IOException {
        byte[] read = new byte[BYTES.length];
        Random random = new Random(2);
        try (InputStream in = payload.open()) {
            int position = 0;
            while (position < read.length) {
                assertThat(in.available()).isEqualTo(read.length - position);
                if (random.nextInt(10) == 0) {
                    read[position++] = (byte) in.read();
                }
                position += Math.max(0, in.read(read, position, Math.min(read.length - position, random.nextInt(500))));
            }
            assertThat(in.read()).isNegative();
            assertThat(in.read(read, 0, 1)).isNegative();
        }
        return read;
    }

    @Test
    void skippingLeavesBytesOut(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), BYTES);
        for (Payload payload : new Payload[] {Payload.of(BYTES), Payload.of(file, 0, BYTES.length)}) {
            try (InputStream in = payload.open()) {
                assertThat(in.skip(9_000)).isEqualTo(9_000);
                assertThat(in.skip(9_000)).isEqualTo(1_000);
                assertThat(in.skip(-5)).isZero();
                assertThat(in.read()).isNegative();
            }
        }
    }

    @Test
    void aFileThatBecameShorterIsAnError(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), BYTES);
        Payload payload = Payload.of(file, 9_000, 2_000);
        assertThatThrownBy(() -> payload.open().readAllBytes())
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("shorter");
    }

    @Test
    void noPieceBeginsBeforeTheFile() {
        assertThatThrownBy(() -> Payload.of(Path.of("x"), -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Payload.of(Path.of("x"), Long.MAX_VALUE, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
