package comfybucket.store.disk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which ASCII letters of a name are unusually large or small, as a marker that survives file systems without case. */
final class LetterCase {
    private static final Pattern MARKER = Pattern.compile("%=([0-9a-f]*)");

    private LetterCase() {}

    /**
     * One bit for each plain ASCII letter, set when its case differs from the usual one; four to a hexadecimal digit,
     * without trailing zeros.
     *
     * @return "" when all is as usual
     */
    static String marker(String piece, boolean[] plain, String usual) {
        StringBuilder digits = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (plain[i] && isLetter(c)) {
                boolean upper = i < usual.length() && isUpper(usual.charAt(i));
                bits = bits << 1 | (isUpper(c) == upper ? 0 : 1);
                if (++count % 4 == 0) {
                    digits.append(Character.forDigit(bits & 15, 16));
                }
            }
        }
        digits.append(Character.forDigit(bits << (4 - count % 4) & 15, 16));
        int length = digits.length();
        while (length > 0 && digits.charAt(length - 1) == '0') {
            length--;
        }
        return length == 0 ? "" : "%=" + digits.substring(0, length);
    }

    /** Takes the marker out and the escapes back. The letters themselves are kept as written. */
    static String restore(String body) {
        Matcher marker = MARKER.matcher(body);
        String text = marker.find() ? body.substring(0, marker.start()) + body.substring(marker.end()) : body;
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' && i + 2 < text.length() && hex(text, i + 1) && hex(text, i + 2)) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                int end = text.offsetByCodePoints(i, 1);
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean hex(String text, int at) {
        return Character.digit(text.charAt(at), 16) >= 0;
    }

    private static boolean isLetter(char c) {
        return isUpper(c) || (c >= 'a' && c <= 'z');
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
