package comfybucket.naming;

import comfybucket.storage.ObjectKey;

/**
 * What other names of a file are made of, for a save that goes on after the process that named it has ended.
 *
 * @param plain the key without a suffix; it leaves room for one
 * @param ending the dot and the extension that {@code plain} ends in; may be empty
 */
public record SpareName(ObjectKey plain, String ending) {
    public SpareName {
        if (!plain.value().endsWith(ending)) {
            throw new IllegalArgumentException(plain + " does not end in " + ending);
        }
    }

    /** The one name that everybody makes of this nonce. */
    public ObjectKey marked(String nonce) {
        String plain = nonce.replace("-", "");
        return with("_" + plain.substring(0, Math.min(plain.length(), Suffixes.LENGTH - 1)));
    }

    ObjectKey with(String suffix) {
        String key = plain.value();
        return new ObjectKey(key.substring(0, key.length() - ending.length()) + suffix + ending);
    }
}
