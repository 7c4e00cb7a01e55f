package comfybucket.storage;

/**
 * The beginning of object names, compared character by character: not a folder, so {@code a} also begins {@code ab}.
 * Empty means every object. The same limits as {@link ObjectKey}.
 */
public record KeyPrefix(String value) {
    public static final KeyPrefix NONE = new KeyPrefix("");

    public KeyPrefix {
        KeyText.check(value);
    }

    public boolean contains(ObjectKey key) {
        return key.value().startsWith(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
