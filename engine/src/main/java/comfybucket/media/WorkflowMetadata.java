package comfybucket.media;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What ComfyUI keeps in a file to open its workflow again. JSON is held in ASCII: every character beyond it is escaped as
 * {@code \\uXXXX}, as Python's {@code json.dumps} writes it, so that it fits a PNG's tEXt chunk and an EXIF string.
 *
 * @param prompt the prompt (API format) as JSON
 * @param extra ComfyUI's {@code extra_pnginfo}: name → JSON, above all {@code workflow}; order is kept
 */
public record WorkflowMetadata(Optional<String> prompt, SequencedMap<String, String> extra) {
    /** Nothing to embed. */
    public static final WorkflowMetadata NONE = new WorkflowMetadata(Optional.empty(), new LinkedHashMap<>());

    public WorkflowMetadata {
        prompt = prompt.map(WorkflowMetadata::ascii);
        SequencedMap<String, String> copy = new LinkedHashMap<>();
        extra.forEach((name, json) -> copy.put(name, ascii(json)));
        extra = Collections.unmodifiableSequencedMap(copy);
    }

    public boolean isEmpty() {
        return prompt.isEmpty() && extra.isEmpty();
    }

    /** In JSON such characters stand only inside strings, where an escape means the same. */
    private static String ascii(String json) {
        if (json.chars().allMatch(c -> c < 0x80 && c != 0)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + json.length() / 4);
        json.chars().forEach(c -> {
            if (c < 0x80 && c != 0) {
                escaped.append((char) c);
            } else {
                escaped.append(String.format("\\u%04x", c));
            }
        });
        return escaped.toString();
    }
}
