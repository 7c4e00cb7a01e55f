package comfybucket.store.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The header lines of one request. Names are compared without regard to case; several lines of one name keep their
 * order. Values hold one char per byte (ISO 8859-1), so that what was signed can be checked byte for byte.
 */
public final class Headers {
    private final Map<String, List<String>> values;

    private Headers(Map<String, List<String>> values) {
        this.values = values;
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }

    public List<String> all(String name) {
        return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** All names, as the client wrote them first. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Collects header lines. */
    public static final class Builder {
        private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        public Builder add(String name, String value) {
            values.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
            return this;
        }

        public Headers build() {
            return new Headers(values);
        }
    }
}
