package comfybucket.store.disk;

import java.util.Objects;

/**
 * What to list.
 *
 * @param prefix what the keys begin with
 * @param delimiter "" for none; keys that have it behind the prefix are rolled up into one common prefix
 * @param from the first key that may be listed, "" for the beginning
 * @param max keys and common prefixes together
 */
public record ListQuery(String prefix, String delimiter, String from, int max) {
    public ListQuery {
        Objects.requireNonNull(prefix);
        Objects.requireNonNull(delimiter);
        Objects.requireNonNull(from);
    }

    /** The query for the keys behind this one. */
    public ListQuery afterKey(String key) {
        return new ListQuery(prefix, delimiter, Utf8Order.after(key), max);
    }

    /** The query that goes on behind a key, or behind everything that a common prefix stands for. */
    public ListQuery after(String last) {
        boolean rolledUp = !delimiter.isEmpty()
                && last.startsWith(prefix)
                && last.endsWith(delimiter)
                && last.length() > prefix.length();
        String next = rolledUp ? Utf8Order.afterAll(last) : null;
        return next == null ? afterKey(last) : new ListQuery(prefix, delimiter, next, max);
    }

    /** The common prefix that a name behind the prefix belongs to, null for none. */
    String rolledUp(String name) {
        int at = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
        return at < 0 ? null : name.substring(0, at + delimiter.length());
    }
}
