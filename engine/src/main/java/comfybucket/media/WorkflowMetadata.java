package comfybucket.media;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What ComfyUI keeps in a file to open its workflow again.
 *
 * <p>JSON is held in ASCII, every character beyond it escaped as Python's {@code json.dumps} does, so that it fits a PNG's
 * tEXt chunk and an EXIF string; ASCII JSON is kept byte for byte. A name is held as 1 to 79 printable ASCII characters, the
 * limit of a PNG keyword; a character beyond them becomes {@code ?}, as in Pillow's EXIF strings.
 *
 * @param prompt the prompt (API format) as JSON
 * @param extra ComfyUI's {@code extra_pnginfo}: name → JSON, above all {@code workflow}; order is kept
 */
public record WorkflowMetadata(Optional<String> prompt, SequencedMap<String, String> extra) {
    /** Nothing to embed. */
    public static final WorkflowMetadata NONE = new WorkflowMetadata(Optional.empty(), new LinkedHashMap<>());

    /** The name that the prompt has in a file. */
    static final String PROMPT = "prompt";

    private static final int LONGEST_NAME = 79;

    public WorkflowMetadata {
        prompt = prompt.map(WorkflowMetadata::asciiJson);
        SequencedMap<String, String> copy = new LinkedHashMap<>();
        extra.forEach((name, json) -> copy.put(asciiName(name), asciiJson(json)));
        extra = Collections.unmodifiableSequencedMap(copy);
    }

    /** From names and JSON as a file lists them. */
    static WorkflowMetadata of(SequencedMap<String, String> entries) {
        SequencedMap<String, String> extra = new LinkedHashMap<>(entries);
        return new WorkflowMetadata(Optional.ofNullable(extra.remove(PROMPT)), extra);
    }

    /** Names and JSON in the order in which ComfyUI writes them. */
    SequencedMap<String, String> entries() {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        prompt.ifPresent(json -> entries.put(PROMPT, json));
        extra.forEach(entries::putIfAbsent);
        return entries;
    }

    public boolean isEmpty() {
        return prompt.isEmpty() && extra.isEmpty();
    }

    /** Outside ASCII, JSON has characters only inside strings, where an escape means the same. */
    private static String asciiJson(String json) {
        if (json.chars().allMatch(WorkflowMetadata::fitsText)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + json.length() / 4);
        json.chars().forEach(c -> {
            if (fitsText(c)) {
                escaped.append((char) c);
            } else {
                escaped.append("\\u%04x".formatted(c));
            }
        });
        return escaped.toString();
    }

    private static boolean fitsText(int character) {
        return character > 0 && character < 0x80;
    }

    private static String asciiName(String name) {
        String printable = name.replaceAll("[^ -~]", "?").strip();
        return printable.isEmpty() ? "?" : printable.substring(0, Math.min(LONGEST_NAME, printable.length()));
    }
}
