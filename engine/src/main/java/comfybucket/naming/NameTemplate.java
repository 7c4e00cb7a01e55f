package comfybucket.naming;

/**
 * How a save node's files are to be named. {@code keyPrefix} and {@code filename} are one text in two inputs: both take
 * tokens, and a {@code /} in either is a folder.
 *
 * @param extension without its dot; empty for a name that is complete as it is
 */
public record NameTemplate(String keyPrefix, String filename, String extension) {
    static final String UUID = "%uuid%";
    static final String COUNTER = "%counter%";

    public NameTemplate {
        if (!extension.matches("[A-Za-z0-9]{0,16}")) {
            throw new IllegalArgumentException("Not a file extension: " + extension);
        }
    }

    /** Whether the user took care of names that nobody else has. */
    boolean isUnique() {
        return keyPrefix.contains(UUID) || filename.contains(UUID);
    }

    boolean counts() {
        return keyPrefix.contains(COUNTER) || filename.contains(COUNTER);
    }

    String ending() {
        return extension.isEmpty() ? "" : "." + extension;
    }
}
