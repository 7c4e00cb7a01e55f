package comfybucket.profile;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259) with the line of every value, and can pass over a value that is broken, so that one bad profile
 * does not take the others along. Gson gives lines inside its messages only, next to the text that is being read, which
 * may be a secret. Nothing that this class says holds a piece of the text.
 */
final class JsonText {
    private static final int MAX_DEPTH = 16;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String text;
    private int at;
    private int line = 1;
    private int depth;

    JsonText(String text) {
        this.text = text;
    }

    /** Called with the position after the colon; has to read, or pass over, the value. */
    interface MemberReader {
        void read(String name, int line) throws Mistake;
    }

    /** Reads one value and whatever blanks come before it. */
    Json value() throws Mistake {
        char c = peek();
        int start = line;
        return switch (c) {
            case '"' -> new Json.Text(string(), start);
            case '{' -> {
                List<Json.Member> members = new ArrayList<>();
                members((name, nameLine) -> members.add(new Json.Member(name, nameLine, value())));
                yield new Json.Members(members, start);
            }
            case '[' -> new Json.Items(items(), start);
            default -> c == '-' || Character.isDigit(c) ? number(start) : word(start);
        };
    }

    /** Reads an object, handing each member to {@code reader}. */
    void members(MemberReader reader) throws Mistake {
        open('{', "a { is missing here");
        if (!closes('}')) {
            do {
                if (peek() != '"') {
                    throw mistake("a name in double quotes is missing here");
                }
                int start = line;
                String name = string();
                if (peek() != ':') {
                    throw mistake("a : is missing after a name");
                }
                at++;
                reader.read(name, start);
            } while (another('}', "a comma or a } is missing here"));
        }
        depth--;
    }

    /** Nothing but blanks may be left. */
    void end() throws Mistake {
        blanks();
        if (at < text.length()) {
            throw mistake("there is more after the end");
        }
    }

    /** Where the reader is, for {@link #passOver}. */
    record Place(int at, int line, int depth) {}

    Place place() {
        blanks();
        return new Place(at, line, depth);
    }

    /**
     * Goes back to a value that could not be read and passes over it by its braces alone, since a profile is an object.
     * A quote that is never closed ends with its line, as no JSON text may hold a line break.
     */
    void passOver(Place start) {
        at = start.at;
        line = start.line;
        depth = start.depth;
        for (int open = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"' -> passOverString();
                case '{' -> open++;
                case '}' -> open--;
                case '\n' -> line++;
                default -> {}
            }
            if (open < 0 || (open == 0 && c == ',')) {
                return;
            }
            if (open == 0 && c == '}') {
                at++;
                return;
            }
        }
        at = text.length();
    }

    private void passOverString() {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return;
            }
            if (c == '\n') {
                at--;
                return;
            }
            if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n') {
                at++;
            }
        }
    }

    private List<Json> items() throws Mistake {
        List<Json> values = new ArrayList<>();
        open('[', "a [ is missing here");
        if (!closes(']')) {
            do {
                values.add(value());
            } while (another(']', "a comma or a ] is missing here"));
        }
        depth--;
        return values;
    }

    private void open(char bracket, String otherwise) throws Mistake {
        if (peek() != bracket) {
            throw mistake(otherwise);
        }
        if (++depth > MAX_DEPTH) {
            throw mistake("the brackets are nested too deeply");
        }
        at++;
    }

    private boolean closes(char bracket) throws Mistake {
        if (peek() != bracket) {
            return false;
        }
        at++;
        return true;
    }

    private boolean another(char bracket, String otherwise) throws Mistake {
        if (closes(bracket)) {
            return false;
        }
        if (peek() != ',') {
            throw mistake(otherwise);
        }
        at++;
        if (peek() == bracket) {
            throw mistake("the last comma is one too many");
        }
        return true;
    }

    private Json number(int start) throws Mistake {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw mistake("this is not a number");
        }
        at = number.end();
        return new Json.Digits(number.group(), start);
    }

    private Json word(int start) throws Mistake {
        Matcher word = WORD.matcher(text).region(at, text.length());
        String found = word.lookingAt() ? word.group() : "";
        at += found.length();
        return switch (found) {
            case "true" -> new Json.Flag(true, start);
            case "false" -> new Json.Flag(false, start);
            case "null" -> new Json.Nothing(start);
            default ->
                throw new Mistake(
                        start, "a value is missing here; a text needs double quotes, and JSON has no comments");
        };
    }

    private String string() throws Mistake {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c < ' ') {
                break;
            }
            value.append(c == '\\' ? escaped() : c);
        }
        throw mistake("a text is not closed by a double quote on the same line");
    }

    private char escaped() throws Mistake {
        at++;
        return switch (at < text.length() ? text.charAt(at) : '\0') {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw mistake("a text has a backslash that means nothing; write \\\\ for the character itself");
        };
    }

    private char unicode() throws Mistake {
        int value = 0;
        for (int digit = 1; digit <= 4; digit++) {
            char hex = at + digit < text.length() ? text.charAt(at + digit) : ' ';
            if (!HexFormat.isHexDigit(hex)) {
                throw mistake("a text has a \\u without four hexadecimal digits");
            }
            value = value * 16 + HexFormat.fromHexDigit(hex);
        }
        at += 4;
        return (char) value;
    }

    /** The next character that is not blank. */
    private char peek() throws Mistake {
        blanks();
        if (at == text.length()) {
            throw mistake("the file ends too early; a bracket is not closed");
        }
        return text.charAt(at);
    }

    private void blanks() {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
        }
    }

    private Mistake mistake(String what) {
        return new Mistake(line, what);
    }
}
