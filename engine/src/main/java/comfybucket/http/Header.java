package comfybucket.http;

import java.util.regex.Pattern;

/**
 * A line of a head.
 *
 * @param name in any case
 * @param value one char for each byte; without line breaks, so that nobody smuggles in a header of his own
 */
public record Header(String name, String value) {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    public Header {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a header");
        }
        if (!value.chars().allMatch(c -> c <= 0xff && c != '\r' && c != '\n' && c != 0)) {
            throw new IllegalArgumentException("Not the value of a header: " + name);
        }
    }

    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }
}
