package comfybucket.store.sign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request's query, decoded. A parameter without a value has the value "". */
public final class Query {
    private final List<Map.Entry<String, String>> pairs;
    private final Map<String, String> first = new LinkedHashMap<>();

    private Query(List<Map.Entry<String, String>> pairs) {
        this.pairs = pairs;
        pairs.forEach(pair -> first.putIfAbsent(pair.getKey(), pair.getValue()));
    }

    /** The parameters; empty when the query is not validly encoded. */
    public static Optional<Query> parse(String raw) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
                Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
                if (name.isEmpty() || value.isEmpty()) {
                    return Optional.empty();
                }
                pairs.add(Map.entry(name.get(), value.get()));
            }
        }
        return Optional.of(new Query(pairs));
    }

    private static Optional<String> decode(String text) {
        return Uri.decode(text.replace('+', ' '));
    }

    public boolean has(String name) {
        return first.containsKey(name);
    }

    /** The first value of that name. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(first.get(name));
    }

    /** All pairs in the order given. */
    public List<Map.Entry<String, String>> pairs() {
        return pairs;
    }
}
