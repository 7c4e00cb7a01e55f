package comfybucket.profile;

import java.util.Locale;

/** When a save node is done. */
public enum Upload {
    /** When the object is in the bucket. */
    WAIT,
    /** When the outbox has it. */
    BACKGROUND;

    /** As settings and nodes spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
