package comfybucket.naming;

import java.util.Locale;

/** What a save does when the key it wants is taken. */
public enum OnConflict {
    /** Takes another name, so that nothing is ever replaced. */
    RENAME,
    /** Replaces what is there. */
    OVERWRITE,
    /** Ends in an error and leaves what is there. */
    FAIL;

    /** As settings and nodes spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
