package comfybucket.browse;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A pattern for keys: {@code *} for anything but {@code /}, {@code **} for anything, {@code ?} for one character,
 * <code>[a-z]</code> and {@code [!a-z]} for one of several, <code>{png,jpg}</code> for one of several texts, and a
 * backslash before a character that means itself.
 */
public final class Glob {
    private static final String SPECIAL = "*?[{";

    private final String text;
    private final StringBuilder regex = new StringBuilder();
    private final Pattern pattern;
    private int at;
    private boolean inChoice;

    private Glob(String text) {
        this.text = text;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            step(c);
        }
        if (inChoice) {
            throw unusable("a { has no }");
        }
        this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** @throws CloudException {@link Problem#INPUT_NOT_USABLE} */
    public static Glob of(String text) {
        return new Glob(text);
    }

    /** Whether a text has a character that makes it a pattern. */
    public static boolean isOne(String text) {
        return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    public boolean matches(String key) {
        return pattern.matcher(key).matches();
    }

    /** What every match begins with; nothing else needs to be listed. */
    public String beginning() {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length() && SPECIAL.indexOf(text.charAt(i)) < 0; i++) {
            if (text.charAt(i) == '\\' && ++i == text.length()) {
                break;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    private void step(int c) {
        switch (c) {
            case '*' -> stars();
            case '?' -> regex.append("[^/]");
            case '[' -> set();
            case '{' -> {
                if (inChoice) {
                    throw unusable("a { stands inside of another");
                }
                inChoice = true;
                regex.append("(?:");
            }
            case '}' -> {
                regex.append(inChoice ? ")" : "\\}");
                inChoice = false;
            }
            case ',' -> regex.append(inChoice ? "|" : ",");
            case '\\' -> {
                if (at == text.length()) {
                    throw unusable("nothing follows its last \\");
                }
                int itself = text.codePointAt(at);
                at += Character.charCount(itself);
                regex.append(member(itself));
            }
            default -> regex.append(member(c));
        }
    }

    private void stars() {
        boolean deep = at < text.length() && text.charAt(at) == '*';
        if (!deep) {
            regex.append("[^/]*");
            return;
        }
        at++;
        boolean wholeSegments = (at == 2 || text.charAt(at - 3) == '/') && at < text.length() && text.charAt(at) == '/';
        if (wholeSegments) {
            at++;
            regex.append("(?:.*/)?");
        } else {
            regex.append(".*");
        }
    }

    private void set() {
        int end = text.indexOf(']', at + 1);
        if (end < 0) {
            throw unusable("a [ has no ]");
        }
        String members = text.substring(at, end);
        at = end + 1;
        boolean negated = members.startsWith("!");
        regex.append(negated ? "[^/" : "[")
                .append(ranges(negated ? members.substring(1) : members))
                .append(']');
    }

    private String ranges(String members) {
        if (members.isEmpty()) {
            throw unusable("a [ ] is empty");
        }
        int[] c = members.codePoints().toArray();
        StringBuilder ranges = new StringBuilder();
        for (int i = 0; i < c.length; i++) {
            boolean range = i + 2 < c.length && c[i + 1] == '-';
            if (range && c[i] > c[i + 2]) {
                throw unusable("a range in [ ] runs backwards");
            }
            ranges.append(member(c[i]));
            if (range) {
                ranges.append('-').append(member(c[i + 2]));
                i += 2;
            }
        }
        return ranges.toString();
    }

    private static String member(int c) {
        return "\\x{" + Integer.toHexString(c) + "}";
    }

    private CloudException unusable(String reason) {
        return new CloudException(
                Problem.INPUT_NOT_USABLE,
                Map.of(
                        "input",
                        "pattern " + text,
                        "reason",
                        reason,
                        "allowed",
                        "a pattern such as images/**/*.png, with a \\ before a character that means itself"));
    }
}
