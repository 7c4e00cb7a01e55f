package comfybucket.node;

/** Where a run says how far it is. Called from any thread. */
@FunctionalInterface
public interface Progress {
    /** Nobody is looking. */
    Progress NONE = (value, total) -> {};

    /** @param total 0 when it is not known; both in the same unit, which only their ratio gives away */
    void update(long value, long total);

    /** A file of the result is there already, so that it can be read while others are still to come. */
    default void arrived(LoadedFile file) {}
}
