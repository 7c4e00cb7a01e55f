package comfybucket.store.disk;

import java.util.List;

/**
 * One page of a listing.
 *
 * @param last the last key or common prefix of the page, "" when it is empty
 * @param truncated whether there is more behind it
 */
public record ListPage(List<ListedObject> objects, List<String> commonPrefixes, String last, boolean truncated) {
    public ListPage {
        objects = List.copyOf(objects);
        commonPrefixes = List.copyOf(commonPrefixes);
    }
}
