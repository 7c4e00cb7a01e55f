package comfybucket.models.safety;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names that pickles mention: functions and classes that loading calls. Kept are those that are not on the allow-list
 * of {@code torch.load(weights_only=True)}, with which no program can be run.
 */
final class PickleNames {
    private static final Set<String> ALLOWED = read("weights-only.txt");

    /** Enough for the user to see what is meant. */
    private static final int MOST_SHOWN = 5;

    private final SequencedSet<String> foreign = new LinkedHashSet<>();

    void mention(String module, String name) {
        // Python 3 writes what it calls builtins under Python 2's name in the protocols that Python 2 can read.
        String full = (module.equals("__builtin__") ? "builtins" : module) + "." + name;
        if (!ALLOWED.contains(full)) {
            suspect(full);
        }
    }

    /** What is no name and is not allowed either. */
    void suspect(String what) {
        if (foreign.size() <= MOST_SHOWN) {
            foreign.add(what);
        }
    }

    boolean areHarmless() {
        return foreign.isEmpty();
    }

    /** Those that are not allowed, for the user; every character of a strange name can be seen. */
    String foreign() {
        String shown =
                foreign.stream().limit(MOST_SHOWN).map(PickleNames::visible).collect(Collectors.joining(", "));
        return foreign.size() > MOST_SHOWN ? shown + " and more" : shown;
    }

    private static String visible(String name) {
        String start = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return start.codePoints()
                .mapToObj(c -> c < ' ' || c == 0x7F || (c >= 0x80 && c < 0xA0)
                        ? String.format("\\x%02x", c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static Set<String> read(String resource) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(PickleNames.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
