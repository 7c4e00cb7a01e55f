package comfybucket.naming;

/** When a name gets an ending that nobody else makes. */
public enum Suffix {
    /** When a create-only write did not get the plain name. */
    WHEN_TAKEN,
    /** At once, unless the template has {@code %uuid%}. */
    ALWAYS;

    /**
     * What a save has to ask for so that it replaces nothing it should not.
     *
     * @param finalAtOnce the name cannot be changed any more when the write is made: the upload comes later, or the
     *     store has no create-only writes
     */
    public static Suffix of(OnConflict onConflict, boolean finalAtOnce) {
        return switch (onConflict) {
            case RENAME -> finalAtOnce ? ALWAYS : WHEN_TAKEN;
            case OVERWRITE, FAIL -> WHEN_TAKEN;
        };
    }
}
