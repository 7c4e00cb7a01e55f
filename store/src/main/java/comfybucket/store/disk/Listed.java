package comfybucket.store.disk;

import java.nio.file.Path;
import java.util.List;

/** What a folder holds, as it stands in the order of keys. */
sealed interface Listed permits ListedItem, Listed.Alike {
    /** What all keys in it have behind the folder's own part, and which puts it into its place. */
    String token();

    /**
     * Segments that begin alike, some of which are too long for one name; not yet read, since most pages end before them.
     *
     * @param token what they all begin with
     * @param rest the folders that hold what the long ones go on with
     * @param among the others that begin so
     */
    record Alike(String token, List<Beginning> rest, List<ListedItem> among) implements Listed {}

    /**
     * A folder that holds the rest of long segments.
     *
     * @param text what they begin with
     * @param names of the folder and of those above it that hold parts of the same segment, outermost first
     */
    record Beginning(String text, Path folder, List<String> names) {}
}
