package comfybucket.store.disk;

import java.util.Comparator;

/** The order of keys in a listing: by their bytes in UTF-8, which is by code point and not by Java's char. */
final class Utf8Order implements Comparator<String> {
    static final Utf8Order INSTANCE = new Utf8Order();

    /** The smallest character there is: behind a key it makes the smallest string that comes after the key. */
    private static final String LEAST = "\0";

    private Utf8Order() {}

    @Override
    public int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
                return sameKind
                        ? x - y
                        : Character.isSurrogate(x) ? 1 : -1; // a surrogate means 4 bytes, beyond all of 3
            }
        }
        return a.length() - b.length();
    }

    /** The smallest string after this one. */
    static String after(String key) {
        return key + LEAST;
    }

    /** The smallest string after all that begin with the prefix; null when there is none. */
    static String afterAll(String prefix) {
        if (prefix.isEmpty()) {
            return null;
        }
        int last = prefix.codePointBefore(prefix.length());
        String head = prefix.substring(0, prefix.length() - Character.charCount(last));
        if (last == Character.MAX_CODE_POINT) {
            return afterAll(head);
        }
        return head + Character.toString(last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1);
    }
}
