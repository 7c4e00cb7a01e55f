package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is written by hand; what it lists is what there is. */
class ConfigurationPageTest {
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_]+)`");

    @Test
    void thePageListsEveryFieldAndEveryVariable() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        Set<String> expected = new TreeSet<>(Field.names());
        EnvironmentLayer.FIELDS.forEach(field -> expected.add(EnvironmentLayer.variable(field)));
        expected.addAll(List.of("COMFY_S3_PROFILE", "COMFY_S3_PROFILES", "COMFY_S3_ALLOW_PICKLE"));
        Set<String> listed = rows.stream()
                .map(row -> row.split("\\|", -1)[1])
                .flatMap(cell -> NAME.matcher(cell).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(expected);
    }
}
