package comfybucket.provider;

/** How sure it is that a provider has a quirk. */
public enum Certainty {
    /** The provider's own documentation says so, or it has been seen. */
    KNOWN("known"),
    /** Others have reported it. */
    SECOND_HAND("reported by others"),
    /** The provider's documentation says nothing about it. */
    UNDOCUMENTED("not documented"),
    /** Some servers behind this name have it, and others do not. */
    VARIES("from server to server");

    private final String words;

    Certainty(String words) {
        this.words = words;
    }

    /** For the documentation. */
    String words() {
        return words;
    }

    /** Whether a server may turn out not to have it. */
    public boolean isDoubtful() {
        return this != KNOWN;
    }
}
