package comfybucket.store.disk;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names and values as lines of text, {@code name=value}, between a line that names the format and one that says
 * {@code end}, so that a file cut short is recognised. Control characters and {@code % =} are percent-encoded.
 */
final class Fields {
    private static final String FIRST = "comfy-bucket 1";
    private static final String LAST = "end";

    private Fields() {}

    static byte[] write(Map<String, String> fields) {
        StringBuilder text = new StringBuilder(256).append(FIRST).append('\n');
        fields.forEach((name, value) -> {
            escape(name, text);
            text.append('=');
            escape(value, text);
            text.append('\n');
        });
        return text.append(LAST).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The names and values; empty when that is not such a text, or only a part of one. */
    static Optional<Map<String, String>> read(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        int last = lines.length - 2;
        if (last < 1 || !lines[0].equals(FIRST) || !lines[last].equals(LAST) || !lines[last + 1].isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 1; i < last; i++) {
            int equals = lines[i].indexOf('=');
            if (equals < 0) {
                return Optional.empty();
            }
            fields.put(unescape(lines[i].substring(0, equals)), unescape(lines[i].substring(equals + 1)));
        }
        return Optional.of(fields);
    }

    private static void escape(String value, StringBuilder to) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '%' || c == '=' || c == 0x7f) {
                to.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                to.append(c);
            }
        }
    }

    private static String unescape(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int high = c == '%' && i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
            text.append(low < 0 ? c : (char) (high << 4 | low));
            i += low < 0 ? 0 : 2;
        }
        return text.toString();
    }
}
