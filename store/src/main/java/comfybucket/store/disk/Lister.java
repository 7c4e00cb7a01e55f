package comfybucket.store.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists buckets page by page. A page costs what is on it, and once for each folder that has changed reading that. */
public final class Lister {
    private final Buckets buckets;
    private final Listings listings;
    private final Sidecars sidecars;

    Lister(Buckets buckets, Listings listings, Sidecars sidecars) {
        this.buckets = buckets;
        this.listings = listings;
        this.sidecars = sidecars;
    }

    public ListPage list(String bucket, ListQuery query) throws IOException {
        Path root = buckets.require(bucket);
        String prefix = query.prefix();
        KeyWalker walker = new KeyWalker(listings, root);
        walker.seek(Utf8Order.INSTANCE.compare(prefix, query.from()) > 0 ? prefix : query.from());
        Page page = new Page(query.max());
        while (query.max() > 0 && !page.truncated && walker.next()) {
            String name = walker.name();
            if (!name.startsWith(prefix)) {
                break; // in order, so nothing behind it begins with the prefix either
            }
            String common = query.rolledUp(name);
            if (walker.atFolder()) {
                if (common == null) {
                    walker.enter();
                    continue;
                }
                if (!listings.hasObject(walker.item().path())) {
                    continue;
                }
            }
            if (common == null) {
                page.add(walker.item().read(sidecars, bucket, name));
            } else if (page.add(common) && !skip(walker, name, common)) {
                break;
            }
        }
        return new ListPage(page.objects, page.commonPrefixes, page.last, page.truncated);
    }

    /** Goes behind everything that the common prefix stands for; false when there is nothing. */
    private static boolean skip(KeyWalker walker, String name, String common) throws IOException {
        if (walker.atFolder() && name.equals(common)) {
            return true;
        }
        String next = Utf8Order.afterAll(common);
        if (next != null) {
            walker.seek(next);
        }
        return next != null;
    }

    private static final class Page {
        private final int max;
        private final List<ListedObject> objects = new ArrayList<>();
        private final List<String> commonPrefixes = new ArrayList<>();
        private String last = "";
        private boolean truncated;

        Page(int max) {
            this.max = max;
        }

        private boolean full() {
            truncated = objects.size() + commonPrefixes.size() == max;
            return truncated;
        }

        void add(Optional<ListedObject> object) {
            if (object.isPresent() && !full()) {
                objects.add(object.get());
                last = object.get().key();
            }
        }

        boolean add(String common) {
            if (full()) {
                return false;
            }
            commonPrefixes.add(common);
            last = common;
            return true;
        }
    }
}
