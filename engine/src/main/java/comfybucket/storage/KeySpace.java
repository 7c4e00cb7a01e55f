package comfybucket.storage;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.Map;

/**
 * The part of a bucket that a profile works in, and the only way between the keys that users read and write and the
 * full names of objects. A user's key is relative to {@code prefix}, which is put in front literally; leading
 * {@code /} are dropped; {@code s3://bucket/full/name} is accepted when it lies in this bucket and under this prefix.
 *
 * <p>Every name that {@link #show} gives resolves to the same object again.
 *
 * @param bucket the bucket's name
 * @param prefix the profile's {@code path_prefix}, as it is
 */
public record KeySpace(String bucket, KeyPrefix prefix) {
    private static final String SCHEME = "s3://";

    public KeySpace {
        if (bucket.isEmpty() || bucket.indexOf('/') >= 0) {
            throw new IllegalArgumentException("Not a bucket's name: '" + bucket + "'");
        }
    }

    /**
     * The object that a user's key names.
     *
     * @throws CloudException {@link Problem#KEY_EMPTY}, {@link Problem#KEY_NOT_STORABLE}, or
     *     {@link Problem#KEY_OUTSIDE} when an {@code s3://} key lies in another bucket or above the prefix
     */
    public ObjectKey resolve(String key) {
        if (key.isEmpty() || key.chars().allMatch(c -> c == '/')) {
            throw new CloudException(Problem.KEY_EMPTY, Map.of());
        }
        return new ObjectKey(full(key));
    }

    /** Like {@link #resolve} for the beginning of keys; empty means everything under the profile's prefix. */
    public KeyPrefix resolvePrefix(String keyPrefix) {
        return new KeyPrefix(full(keyPrefix));
    }

    /**
     * The key that users see for an object under the prefix: relative, or the {@code s3://} form for the few objects
     * whose relative name would be read as something else (one that starts with {@code /} or {@code s3://}, or the
     * object that is named exactly like the prefix).
     */
    public String show(ObjectKey object) {
        if (!prefix.contains(object)) {
            throw new IllegalArgumentException("Outside of the prefix: " + uri(object));
        }
        return show(object.value());
    }

    /** Like {@link #show(ObjectKey)} for what a listing with a delimiter folds together. */
    public String show(KeyPrefix folder) {
        if (!folder.value().startsWith(prefix.value())) {
            throw new IllegalArgumentException("Outside of the prefix: " + folder);
        }
        return show(folder.value());
    }

    /** {@code s3://bucket/full/name}, as texts for users name an object. */
    public String uri(ObjectKey object) {
        return SCHEME + bucket + "/" + object.value();
    }

    private String show(String full) {
        String relative = full.substring(prefix.value().length());
        boolean readsAsItself = !relative.isEmpty() && !relative.startsWith("/") && !isUri(relative);
        return readsAsItself ? relative : SCHEME + bucket + "/" + full;
    }

    private String full(String key) {
        if (!isUri(key)) {
            return prefix.value() + withoutLeadingSlashes(key);
        }
        String here = SCHEME + bucket + "/";
        String full = key.substring(Math.min(here.length(), key.length()));
        if (!key.startsWith(here) || !full.startsWith(prefix.value())) {
            throw new CloudException(Problem.KEY_OUTSIDE, Map.of("key", key, "space", here + prefix.value()));
        }
        return full;
    }

    private static boolean isUri(String key) {
        return key.startsWith(SCHEME);
    }

    private static String withoutLeadingSlashes(String key) {
        int start = 0;
        while (start < key.length() && key.charAt(start) == '/') {
            start++;
        }
        return key.substring(start);
    }
}
