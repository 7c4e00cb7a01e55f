package comfybucket.transfer;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stands between two {@code /} of a key, as the name of a file that every usual file system takes for itself and
 * for nothing else. Ordinary names stay as they are; no two segments share a name.
 *
 * <ul>
 *   <li>{@code %XX} stands for a byte that some file system refuses or reads as something else ({@code ..}, {@code C:},
 *       {@code CON}, a final dot), and for {@code %} itself.
 *   <li>{@code %_} is the empty segment.
 *   <li>A name that would be too long ends in {@code %-}, 16 digits of the segment's hash and its own short ending, by
 *       which ComfyUI knows models.
 * </ul>
 */
public final class SegmentName {
    /** Bytes of UTF-8; with a mark and the ending of a temporary file it stays below the 255 of file systems. */
    private static final int LONGEST = 200;

    private static final int LONGEST_ENDING = 16;

    private static final String FORBIDDEN = "\"*:<>?\\|%/";
    /** Names that Windows keeps for devices, whatever the extension. */
    private static final Pattern DEVICE = Pattern.compile(
            "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** What this process can write file names in: US-ASCII where the locale is C. */
    private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

    /** The file name for a segment. */
    public static String of(String segment) {
        if (segment.isEmpty()) {
            return "%_";
        }
        CharsetEncoder encoder = FILE_NAMES.newEncoder();
        boolean device = DEVICE.matcher(segment).matches();
        StringBuilder name = new StringBuilder(segment.length() + 8);
        for (int i = 0, next; i < segment.length(); i = next) {
            next = segment.offsetByCodePoints(i, 1);
            String character = segment.substring(i, next);
            boolean first = i == 0 && (device || segment.equals(".") || segment.equals(".."));
            boolean last = next == segment.length() && (character.equals(".") || character.equals(" "));
            boolean plain = !first && !last && isPlain(segment.codePointAt(i)) && encoder.canEncode(character);
            name.append(plain ? character : escaped(character));
        }
        return bytes(name.toString()) <= LONGEST ? name.toString() : marked(name.toString(), segment);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Another name for what {@code identity} says, for where {@code name} is taken. */
    static String marked(String name, String identity) {
        int end = name.length();
        while (bytes(name.substring(0, end)) > LONGEST) {
            end = name.offsetByCodePoints(end, -1);
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && bytes(name.substring(dot)) <= LONGEST_ENDING ? name.substring(dot) : "";
        String start = whole(name.substring(0, ending.isEmpty() ? end : Math.min(dot, end)));
        return start + "%-" + hash(identity) + ending;
    }

    /** Without a piece of an escape at the end. */
    private static String whole(String start) {
        int escape = start.lastIndexOf('%');
        return escape >= 0 && escape > start.length() - 3 ? start.substring(0, escape) : start;
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> FORBIDDEN.indexOf(c) < 0;
        };
    }

    private static String escaped(String character) {
        StringBuilder escapes = new StringBuilder();
        for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
            escapes.append(String.format(Locale.ROOT, "%%%02X", b));
        }
        return escapes.toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private SegmentName() {}
}
