package comfybucket.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class WorkflowMetadataTest {
    @Test
    void asciiJsonIsKeptByteForByte() {
        String json = "{\"a\": \"\\u00e9\\n\", \"b\": [1.0, NaN]}";
        assertThat(prompt(json).prompt()).contains(json);
    }

    @Test
    void otherCharactersAreEscapedAsPythonDoes() {
        // json.dumps("é図😀") == '"\\u00e9\\u56f3\\ud83d\\ude00"'
        assertThat(prompt("\"é図😀\"").prompt()).contains("\"\\u00e9\\u56f3\\ud83d\\ude00\"");
    }

    @Test
    void namesBecomePrintableAscii() {
        assertThat(extra("größe\n").firstEntry().getKey()).isEqualTo("gr??e?");
        assertThat(extra("").firstEntry().getKey()).isEqualTo("?");
        assertThat(extra("x".repeat(100)).firstEntry().getKey()).hasSize(79);
    }

    @Test
    void orderIsKept() {
        SequencedMap<String, String> extra = new LinkedHashMap<>();
        extra.put("workflow", "{}");
        extra.put("another", "{}");
        assertThat(new WorkflowMetadata(Optional.of("{}"), extra).entries().sequencedKeySet())
                .containsExactly("prompt", "workflow", "another");
    }

    private static WorkflowMetadata prompt(String json) {
        return new WorkflowMetadata(Optional.of(json), new LinkedHashMap<>());
    }

    private static SequencedMap<String, String> extra(String name) {
        SequencedMap<String, String> extra = new LinkedHashMap<>();
        extra.put(name, "{}");
        return new WorkflowMetadata(Optional.empty(), extra).extra();
    }
}
