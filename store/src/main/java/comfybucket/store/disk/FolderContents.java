package comfybucket.store.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found in one folder, or in several whose segments stand side by side in the order of keys. */
final class FolderContents {
    private static final Comparator<ListedItem> ORDER = Comparator.comparing(ListedItem::token, Utf8Order.INSTANCE);
    private static final Comparator<Listed.Beginning> BEGINNINGS =
            Comparator.comparing(Listed.Beginning::text, Utf8Order.INSTANCE);

    private final Map<String, ListedItem> items = new LinkedHashMap<>();
    private final List<Listed.Beginning> beginnings = new ArrayList<>();

    /** Of two that say the same the one counts that has the name which we would give it. */
    void add(ListedItem item) {
        if (item.ours()) {
            items.put(item.token(), item);
        } else {
            items.putIfAbsent(item.token(), item);
        }
    }

    void add(Listed.Beginning beginning) {
        beginnings.add(beginning);
    }

    void addAll(List<Listed> contents) {
        for (Listed listed : contents) {
            switch (listed) {
                case ListedItem item -> add(item);
                case Listed.Alike alike -> {
                    alike.among().forEach(this::add);
                    beginnings.addAll(alike.rest());
                }
            }
        }
    }

    /** Keeps what is remembered of items that were there before; in their old order the sort has little left to do. */
    void keep(List<Listed> before) {
        Map<String, ListedItem> found = new LinkedHashMap<>(items);
        items.clear();
        for (Listed listed : before) {
            if (listed instanceof ListedItem known && known.isSame(found.get(known.token()))) {
                items.put(known.token(), known);
                found.remove(known.token());
            }
        }
        items.putAll(found);
    }

    List<Listed> inOrder() {
        List<ListedItem> sorted = new ArrayList<>(items.values());
        sorted.sort(ORDER);
        if (beginnings.isEmpty()) {
            return List.copyOf(sorted);
        }
        List<Listed> contents = new ArrayList<>(sorted.size());
        int next = 0;
        for (Listed.Alike alike : alike()) {
            for (;
                    next < sorted.size()
                            && Utf8Order.INSTANCE.compare(sorted.get(next).token(), alike.token()) < 0;
                    next++) {
                contents.add(sorted.get(next));
            }
            for (; next < sorted.size() && sorted.get(next).token().startsWith(alike.token()); next++) {
                alike.among().add(sorted.get(next));
            }
            contents.add(alike);
        }
        contents.addAll(sorted.subList(next, sorted.size()));
        return contents;
    }

    /** The long segments, those together that begin alike. */
    private List<Listed.Alike> alike() {
        beginnings.sort(BEGINNINGS);
        List<Listed.Alike> groups = new ArrayList<>();
        for (Listed.Beginning beginning : beginnings) {
            if (groups.isEmpty()
                    || !beginning.text().startsWith(groups.getLast().token())) {
                groups.add(new Listed.Alike(beginning.text(), new ArrayList<>(1), new ArrayList<>(0)));
            }
            groups.getLast().rest().add(beginning);
        }
        return groups;
    }
}
