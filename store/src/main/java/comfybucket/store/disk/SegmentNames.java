package comfybucket.store.disk;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes one segment of a key (what stands between two {@code /}) as a file name, so that no two segments share a name
 * and ordinary names stay as they are.
 *
 * <ul>
 *   <li>{@code %XX} stands for a byte that some file system refuses or changes, and for {@code %} itself.
 *   <li>An object's name has a {@code .} or ends in {@code %o}; a folder's has none or ends in {@code %p}: so the
 *       object {@code a} and the folder of {@code a/b} are called {@code a%o} and {@code a}.
 *   <li>Where names are compared without case, {@code %=} and hexadecimal digits before the extension say which ASCII
 *       letters are not written as usual: small, but for a leading {@code ComfyUI_}.
 *   <li>{@code %_} is the empty segment. A long segment is a chain of folders whose names end in {@code %-}.
 * </ul>
 */
final class SegmentNames {
    /** What a name stands for. */
    enum Kind {
        OBJECT,
        FOLDER,
        /** A folder that holds the rest of a long segment. */
        BEGINNING
    }

    /** Bytes of UTF-8 before markers; with them a name stays below the 255 that file systems allow. */
    static final int MAX_BODY = 180;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String FORBIDDEN = "\"*:<>?\\|%/";
    private static final String USUAL_CASE = "ComfyUI_";
    /** Names that Windows keeps for devices, whatever the extension. */
    private static final Pattern DEVICE = Pattern.compile(
            "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final NameRules rules;

    SegmentNames(NameRules rules) {
        this.rules = rules;
    }

    /** The names for a segment, one inside the other; nearly always one. */
    List<String> encode(String segment, Kind kind) {
        List<String> names = new ArrayList<>(1);
        List<String> pieces = pieces(segment);
        for (String piece : pieces.subList(0, pieces.size() - 1)) {
            names.add(encodePiece(piece, Kind.BEGINNING));
        }
        names.add(encodePiece(pieces.getLast(), kind));
        return names;
    }

    private List<String> pieces(String segment) {
        if (segment.length() * 9 <= MAX_BODY) { // the longest escape of one char
            return List.of(segment);
        }
        List<String> pieces = new ArrayList<>(1);
        boolean[] plain = plain(segment);
        int from = 0;
        int cost = 0;
        for (int i = 0, next; i < segment.length(); i = next) {
            next = segment.offsetByCodePoints(i, 1);
            int bytes = segment.substring(i, next).getBytes(StandardCharsets.UTF_8).length;
            cost += plain[i] ? bytes : 3 * bytes;
            if (cost > MAX_BODY) {
                pieces.add(segment.substring(from, i));
                from = i;
                cost = plain[i] ? bytes : 3 * bytes;
            }
        }
        pieces.add(segment.substring(from));
        return pieces;
    }

    private String encodePiece(String piece, Kind kind) {
        if (piece.isEmpty()) {
            return kind == Kind.OBJECT ? "%_%o" : "%_";
        }
        boolean[] plain = plain(piece);
        StringBuilder name = new StringBuilder(piece.length() + 8);
        for (int i = 0, next; i < piece.length(); i = next) {
            next = piece.offsetByCodePoints(i, 1);
            if (plain[i]) {
                name.append(piece, i, next);
            } else {
                for (byte b : piece.substring(i, next).getBytes(StandardCharsets.UTF_8)) {
                    name.append('%').append(HEX.toHexDigits(b));
                }
            }
        }
        int dot = name.lastIndexOf(".");
        if (rules.folds()) {
            String marker = LetterCase.marker(piece, plain, usual(piece, plain));
            name.insert(dot < 0 || kind != Kind.OBJECT ? name.length() : dot, marker);
        }
        return switch (kind) {
            case OBJECT -> dot < 0 ? name.append("%o").toString() : name.toString();
            case FOLDER -> dot < 0 ? name.toString() : name.append("%p").toString();
            case BEGINNING -> name.append("%-").toString();
        };
    }

    private static String usual(String piece, boolean[] plain) {
        boolean ours = piece.regionMatches(true, 0, USUAL_CASE, 0, USUAL_CASE.length());
        for (int i = 0; ours && i < USUAL_CASE.length(); i++) {
            ours = plain[i];
        }
        return ours ? USUAL_CASE : "";
    }

    /** For each char that begins a code point, whether it may stand in a name as it is. */
    private boolean[] plain(String piece) {
        boolean[] plain = new boolean[piece.length()];
        boolean normal = !rules.folds() || Normalizer.isNormalized(piece, Normalizer.Form.NFC);
        for (int i = 0, next; i < piece.length(); i = next) {
            next = piece.offsetByCodePoints(i, 1);
            int c = piece.codePointAt(i);
            plain[i] = c < 0x80
                    ? c >= ' ' && c != 0x7f && FORBIDDEN.indexOf(c) < 0
                    : rules.unicode() && (!rules.folds() || (normal && inert(c)));
        }
        int last = piece.length() - 1;
        if (last >= 0) {
            plain[last] &= piece.charAt(last) != '.' && piece.charAt(last) != ' ';
            plain[0] &= piece.charAt(0) != '.' && !DEVICE.matcher(piece).matches();
        }
        return plain;
    }

    /** Whether no file system takes the character for another one. */
    private static boolean inert(int c) {
        String s = Character.toString(c);
        return switch (Character.getType(c)) {
            case Character.UNASSIGNED, Character.FORMAT, Character.NON_SPACING_MARK, Character.CONTROL -> false;
            default -> s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).equals(s);
        };
    }

    /** What a name says by itself. Whether it is the name that {@link #encode} gives is for the caller to compare. */
    record Decoded(String piece, Kind kind) {}

    static Decoded decode(String name, boolean directory) {
        String body = name;
        Kind kind = directory ? Kind.FOLDER : Kind.OBJECT;
        if (directory && body.endsWith("%-")) {
            kind = Kind.BEGINNING;
            body = body.substring(0, body.length() - 2);
        } else if (body.endsWith(directory ? "%p" : "%o")) {
            body = body.substring(0, body.length() - 2);
        }
        return new Decoded(body.equals("%_") ? "" : LetterCase.restore(body), kind);
    }
}
