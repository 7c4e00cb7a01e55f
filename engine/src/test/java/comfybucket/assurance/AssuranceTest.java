package comfybucket.assurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssuranceTest {
    @Test
    void aRunRewritesItsOwnRowAndNoOther(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("assurance.md");
        Assurance.record(page, new Row(Promise.RETRIES, "faults", "719 of 720", "yesterday"));
        Assurance.record(page, new Row(Promise.NO_FLIPPED_BYTE, "downloads", "0 accepted", "today"));
        Assurance.record(page, new Row(Promise.RETRIES, "storms", "1,000 of 1,000", "today"));
        Assurance.record(page, new Row(Promise.RETRIES, "faults", "720 of 720", "today"));
        assertThat(Files.readString(page).lines().filter(line -> line.startsWith("| ")))
                .containsExactly(
                        "| promise | run | outcome | when |",
                        new Row(Promise.NO_FLIPPED_BYTE, "downloads", "0 accepted", "today").line(),
                        new Row(Promise.RETRIES, "faults", "720 of 720", "today").line(),
                        new Row(Promise.RETRIES, "storms", "1,000 of 1,000", "today").line());
    }

    @Test
    void aCellKeepsToItsTable() {
        assertThatThrownBy(() -> new Row(Promise.RETRIES, "a | b", "c", "d"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What was committed is what a run would write. */
    @Test
    void theCommittedPageIsWhole() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "assurance.md"));
        assertThat(AssurancePage.of(page).text()).isEqualTo(page);
    }
}
