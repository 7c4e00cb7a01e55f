package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/command-line.md is written by hand; what it lists is what there is. */
class CommandLinePageTest {
    @TempDir
    private Path home;

    @Test
    void thePageListsEveryExitCode() throws IOException {
        List<Integer> listed = rows().filter(row -> row.matches("\\| [0-9]+ \\|.*"))
                .map(row -> Integer.valueOf(row.split("\\|", 3)[1].strip()))
                .toList();
        List<Integer> expected = Stream.concat(Arrays.stream(ExitCode.values()).map(ExitCode::number), Stream.of(3))
                .sorted()
                .toList();
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void thePageListsEveryCommand() throws IOException {
        String page = String.join("\n", rows().toList());
        new Commands(home)
                .run("--help").isOk().lines().stream()
                        .dropWhile(line -> !line.startsWith("Commands:"))
                        .skip(1)
                        .filter(line -> line.matches("  [a-z].*"))
                        .map(line -> line.strip().split(" ", 2)[0])
                        .forEach(command -> assertThat(page).containsPattern("\\| `" + command + "[ `]"));
    }

    private static Stream<String> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "command-line.md")).stream()
                .filter(line -> line.startsWith("|"));
    }
}
