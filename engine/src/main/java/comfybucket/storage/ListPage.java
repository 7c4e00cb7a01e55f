package comfybucket.storage;

import java.util.List;

/**
 * What one request of a listing brought.
 *
 * @param objects in the store's order
 * @param folders what the delimiter folded together, in the store's order
 */
public record ListPage(List<ObjectSummary> objects, List<KeyPrefix> folders) {
    public ListPage {
        objects = List.copyOf(objects);
        folders = List.copyOf(folders);
    }
}
