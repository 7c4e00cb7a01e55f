package comfybucket.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that go on in the next process. */
class FileCountersTest {
    @TempDir
    private Path folder;

    private Counters process() {
        return Counters.in(folder.resolve("settings").resolve("counters.json"));
    }

    @Test
    void theNextProcessGoesOnAndEachSeriesCountsForItself() {
        Counters first = process();
        assertThat(first.reserve("cats", 3)).isEqualTo(1);
        assertThat(first.reserve("cats", 1)).isEqualTo(4);
        assertThat(first.reserve("dogs", 1)).isEqualTo(1);
        Counters second = process();
        assertThat(second.reserve("cats", 1)).isEqualTo(5);
        assertThat(first.reserve("cats", 1)).isEqualTo(6);
        assertThat(second.reserve("dogs", 1)).isEqualTo(2);
    }

    @Test
    void aFileThatIsBrokenOrInTheWayCostsNothingButTheNumbersOfBefore() throws IOException {
        process().reserve("cats", 7);
        Path file = folder.resolve("settings").resolve("counters.json");
        Files.writeString(file, "{\"cats\": ");
        assertThat(process().reserve("cats", 1)).isEqualTo(1);
        assertThat(process().reserve("cats", 1)).isEqualTo(2);
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));
        Counters alone = process();
        assertThat(alone.reserve("cats", 1)).isEqualTo(1);
        assertThat(alone.reserve("cats", 1)).isEqualTo(2);
        assertThat(folder.resolve("settings")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void theSeriesThatWereUsedLongestAgoAreForgotten() {
        Counters counters = process();
        counters.reserve("first", 1);
        for (int i = 0; i < 1000; i++) {
            counters.reserve("series " + i, 1);
        }
        assertThat(process().reserve("series 999", 1)).isEqualTo(2);
        assertThat(process().reserve("first", 1)).isEqualTo(1);
    }
}
