package comfybucket.node;

import java.util.function.Supplier;

/** Where a run says how far it is. Called from any thread. */
@FunctionalInterface
public interface Progress {
    /** Nobody is looking. */
    Progress NONE = new Progress() {
        @Override
        public void update(long value, long total) {}
    };

    /** @param total 0 when it is not known; both in the same unit, which only their ratio gives away */
    void update(long value, long total);

    /** @param line what else there is to say, in the user's words; asked for only when it is shown */
    default void update(long value, long total, Supplier<String> line) {
        update(value, total);
    }

    /** A file of the result is there already, so that it can be read while others are still to come. */
    default void arrived(LoadedFile file) {}
}
