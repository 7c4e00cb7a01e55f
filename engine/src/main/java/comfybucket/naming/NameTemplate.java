package comfybucket.naming;

/**
 * How a save node's files are to be named. {@code keyPrefix} and {@code filename} are one text in two inputs: both take
 * tokens, and a {@code /} in either is a folder.
 *
 * @param extension without its dot; empty for a name that is complete as it is
 * @param literal the file name is a file's own, in which nothing is a token
 */
public record NameTemplate(String keyPrefix, String filename, String extension, boolean literal) {
    static final String UUID = "%uuid%";
    static final String COUNTER = "%counter%";

    private static final String EXTENSION = "[A-Za-z0-9]{0,16}";

    public NameTemplate {
        if (!extension.matches(EXTENSION)) {
            throw new IllegalArgumentException("Not a file extension: " + extension);
        }
    }

    public NameTemplate(String keyPrefix, String filename, String extension) {
        this(keyPrefix, filename, extension, false);
    }

    /**
     * For a file that has a name already: it keeps its ending, whatever the user calls it.
     *
     * @param filename what the user calls it; empty for the file's own name
     * @param own the file's own name
     */
    public static NameTemplate ofFile(String keyPrefix, String filename, String own) {
        int dot = own.lastIndexOf('.');
        String extension = dot > 0 && own.substring(dot + 1).matches(EXTENSION) ? own.substring(dot + 1) : "";
        return filename.isEmpty()
                ? new NameTemplate(keyPrefix, without(extension, own), extension, true)
                : new NameTemplate(keyPrefix, without(extension, filename), extension);
    }

    private static String without(String extension, String name) {
        int length = name.length() - extension.length() - 1;
        boolean ends = !extension.isEmpty()
                && length > 0
                && name.regionMatches(true, length, "." + extension, 0, extension.length() + 1);
        return ends ? name.substring(0, length) : name;
    }

    /** Whether the user took care of names that nobody else has. */
    boolean isUnique() {
        return has(UUID);
    }

    boolean counts() {
        return has(COUNTER);
    }

    private boolean has(String token) {
        return keyPrefix.contains(token) || (!literal && filename.contains(token));
    }

    String ending() {
        return extension.isEmpty() ? "" : "." + extension;
    }
}
