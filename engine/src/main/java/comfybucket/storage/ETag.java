package comfybucket.storage;

/**
 * The store's name for one version of an object's bytes, without the quotes around it. Opaque: equal means the same
 * version, and it is never taken for a hash (multipart, encrypted and R2 objects have ETags that are none).
 */
public record ETag(String value) {
    public ETag {
        if (value.isEmpty() || value.indexOf('"') >= 0) {
            throw new IllegalArgumentException("Not an unquoted ETag: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
