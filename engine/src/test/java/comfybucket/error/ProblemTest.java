package comfybucket.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_0-9]+)}");
    private static final Pattern ADVICE = Pattern.compile(
            "\\b(use|set|check|choose|run|write|give|correct|let|leave|free|scale|save|load|try|enter|ask|look|report"
                    + "|make|name|remove|turn|put|send|wait)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Scripts and the troubleshooting table quote these. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ACCESS_KEY_MISSING | Cloud storage access key not configured
            SECRET_KEY_MISSING | Cloud storage secret key not configured
            BUCKET_MISSING     | Cloud storage bucket not configured
            BUCKET_NOT_FOUND   | Bucket not found
            ACCESS_DENIED      | Access denied
            OBJECT_NOT_FOUND   | Object not found: s3://
            """)
    void beginsAsPromised(Problem problem, String beginning) {
        assertThat(example(problem, "s3://value")).startsWith(beginning);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatHappenedAndThenWhatToDo(Problem problem) {
        assertThat(problem.happened()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
        assertThat(problem.remedy())
                .satisfiesAnyOf(
                        remedy -> assertThat(remedy).containsPattern(ADVICE),
                        remedy -> assertThat(remedy).startsWith("{shell}"));
    }

    @ParameterizedTest
    @EnumSource
    void readsAsPlainSentences(Problem problem) {
        for (String value : new String[] {"value", "a sentence.", "an end with a gap. ", "two..", "{brace}", "$1\\"}) {
            String unfilled = example(problem, value).replace(value.strip(), "");
            assertThat(unfilled).doesNotContain("{").doesNotContain("}").doesNotContain("null");
            assertThat(example(problem, value))
                    .endsWith(".")
                    .doesNotEndWith("..")
                    .isEqualTo(example(problem, value).strip());
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasACodeThatScriptsCanTest(Problem problem) {
        assertThat(problem.code()).matches("[a-z0-9_]+").isEqualToIgnoringCase(problem.name());
    }

    @Test
    void aForgottenValueIsAMistakeOfOurs() {
        assertThatThrownBy(() -> new CloudException(Problem.PROVIDER_UNKNOWN, Map.of("provider", "Dropbox")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{providers}");
    }

    @Test
    void keepsWhatCausedItForTheLogOnly() {
        Exception cause = new IllegalStateException("deep inside");
        CloudException thrown = new CloudException(Problem.KEY_EMPTY, Map.of(), cause);
        assertThat(thrown).hasCause(cause).hasMessageNotContaining("deep inside");
        assertThat(thrown.problem()).isEqualTo(Problem.KEY_EMPTY);
    }

    /** The whole message with every placeholder filled by {@code value}. */
    private static String example(Problem problem, String value) {
        Map<String, String> values = new HashMap<>();
        Matcher names = PLACEHOLDER.matcher(problem.happened() + problem.remedy());
        while (names.find()) {
            values.put(names.group(1), value);
        }
        return new CloudException(problem, values).getMessage();
    }
}
