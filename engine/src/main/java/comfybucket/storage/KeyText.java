package comfybucket.storage;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.Map;

/** What object names and prefixes have in common: their limits and S3's order. */
final class KeyText {
    static final int MAX_BYTES = 1024;

    private KeyText() {}

    static void check(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else if (Character.isSurrogate(c)) {
                throw notStorable("it holds half of a character (an unpaired surrogate) at position " + (i + 1));
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        if (bytes > MAX_BYTES) {
            throw notStorable("it takes " + bytes + " bytes, and S3 allows " + MAX_BYTES);
        }
    }

    /** Orders by code point, which for well-formed text is the order of the UTF-8 bytes. */
    static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // A surrogate stands for a code point above every other char, though its own value is below U+E000.
                boolean beyondA = Character.isSurrogate(a);
                boolean beyondB = Character.isSurrogate(b);
                return beyondA == beyondB ? Character.compare(a, b) : Boolean.compare(beyondA, beyondB);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static CloudException notStorable(String reason) {
        return new CloudException(Problem.KEY_NOT_STORABLE, Map.of("reason", reason));
    }
}
