package comfybucket.media;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;

/** Workflows made from a seed, from none to some that fill several JPEG segments. */
final class Workflows {
    private static final String[] WORDS = {"KSampler", "café", "図", "\uD83D\uDE00", "\\\"", "a:b", " ", "\\n", "\u007f"
    };

    private Workflows() {}

    static WorkflowMetadata random(Random random) {
        Optional<String> prompt = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(json(random));
        SequencedMap<String, String> extra = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            extra.put(i == 1 ? "workflow" : "extra " + i, json(random));
        }
        return new WorkflowMetadata(prompt, extra);
    }

    private static String json(Random random) {
        StringBuilder json = new StringBuilder("{\"1\": \"");
        int words = 1 << random.nextInt(16);
        for (int i = 0; i < words; i++) {
            json.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return json.append("\"}").toString();
    }
}
