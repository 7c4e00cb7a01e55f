package comfybucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.checksum.Crc;
import comfybucket.files.SystemDisk;
import comfybucket.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final JournalHeader HEADER = new JournalHeader(
            "https://example.org\ns3://bucket/a key %20 é\netag",
            new Pieces(100, 100, 10), Crc.CRC64NVME, new ProcessMark("a machine", 7, "12 ticks"));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("x.journal");
        try (Journal journal = Journal.begin(new SystemDisk(), file, HEADER)) {
            journal.arrived(Map.of(3, 33L));
            journal.arrived(Map.of(0, -1L));
            journal.beat();
            journal.arrived(Map.of(9, 5L));
        }
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        assertThat(Journaled.read(Files.readAllBytes(file)))
                .contains(new Journaled(HEADER, Map.of(3, 33L, 0, -1L, 9, 5L), false));
    }

    @Test
    void tellsThatItsOwnerHasLetGo() throws IOException {
        try (Journal journal = Journal.begin(new SystemDisk(), folder.resolve("y"), HEADER)) {
            journal.release();
        }
        assertThat(Journaled.read(Files.readAllBytes(folder.resolve("y")))
                        .orElseThrow()
                        .released())
                .isTrue();
    }

    @Test
    void cutAtEachByteItSaysWhatWasWholeBefore() throws IOException {
        byte[] all = Files.readAllBytes(file);
        int pieces = 0;
        for (int length = 0; length <= all.length; length++) {
            var read = Journaled.read(Arrays.copyOf(all, length));
            int now = read.map(journal -> journal.done().size()).orElse(0);
            assertThat(now).isBetween(pieces, pieces + 1);
            read.ifPresent(journal -> assertThat(journal.header()).isEqualTo(HEADER));
            pieces = now;
        }
        assertThat(pieces).isEqualTo(3);
    }

    @Test
    void damagedAnywhereItSaysNothingWrong() throws IOException {
        byte[] all = Files.readAllBytes(file);
        Map<Integer, Long> right = Map.of(3, 33L, 0, -1L, 9, 5L);
        Random random = new Random(3);
        for (int i = 0; i < all.length; i++) {
            byte[] damaged = all.clone();
            damaged[i] ^= (byte) (1 << random.nextInt(8));
            Journaled.read(damaged)
                    .ifPresent(journal -> assertThat(right.entrySet())
                            .containsAll(journal.done().entrySet()));
        }
    }
}
