package comfybucket.naming;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes texts fit for keys that every store, and every file system behind one, can hold. */
final class KeyText {
    /** What ComfyUI's page replaces in a widget's value, so that a prompt's text makes no folders. */
    private static final Pattern NOT_IN_VALUES = Pattern.compile("[/?<>\\\\:*|\"\\x00-\\x1F\\x7F]");

    /** What XML cannot hold, and so no listing could show; half characters among them. */
    private static final Pattern NOT_IN_KEYS = Pattern.compile("[\\x00-\\x1F\\x7F\\uFFFE\\uFFFF\\p{Cs}]");

    /** MinIO and most file systems allow a segment no more. */
    static final int MAX_SEGMENT_BYTES = 255;

    private KeyText() {}

    static String asPageWritesIt(String value) {
        return NOT_IN_VALUES.matcher(value).replaceAll("_");
    }

    static String storable(String text) {
        return NOT_IN_KEYS.matcher(text).replaceAll("_");
    }

    /** Folders with nothing that a file system would follow upwards, and with no segment that it could not hold. */
    static String folders(String path) {
        return Arrays.stream(path.split("/", -1)).map(KeyText::segment).collect(Collectors.joining("/"));
    }

    /** The longest beginning of a text that takes at most so many bytes of UTF-8, cut between characters. */
    static String cut(String text, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                return text.substring(0, end);
            }
            end += Character.charCount(character);
        }
        return text;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String segment(String segment) {
        return segment.equals(".") || segment.equals("..")
                ? "_".repeat(segment.length())
                : cut(segment, MAX_SEGMENT_BYTES);
    }
}
