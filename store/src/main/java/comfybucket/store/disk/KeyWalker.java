package comfybucket.store.disk;

import comfybucket.store.disk.SegmentNames.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Walks a bucket in the order of its keys, reading only the folders that it enters. */
final class KeyWalker {
    private final Listings listings;
    private final Path bucket;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private ListedItem current;
    private String name;

    KeyWalker(Listings listings, Path bucket) {
        this.listings = listings;
        this.bucket = bucket;
    }

    private static final class Frame {
        private final String prefix;
        private final List<ListedItem> items;
        private int next;

        Frame(String prefix, List<ListedItem> items) {
            this.prefix = prefix;
            this.items = items;
        }

        /** Goes to the first item that is not before the bound; @return the folder that the bound lies in, or null. */
        ListedItem seek(String bound) {
            int low = 0;
            for (int high = items.size(); low < high; ) {
                int middle = (low + high) >>> 1;
                if (Utf8Order.INSTANCE.compare(items.get(middle).token(), bound) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            next = low;
            ListedItem before = low == 0 ? null : items.get(low - 1);
            return before != null && before.kind() == Kind.FOLDER && bound.startsWith(before.token()) ? before : null;
        }
    }

    /** Makes {@link #next()} begin with the first key that is not before the bound. */
    void seek(String bound) throws IOException {
        frames.clear();
        Frame frame = new Frame("", listings.read(bucket));
        frames.push(frame);
        for (ListedItem inside = frame.seek(bound); inside != null; ) {
            frame = new Frame(frame.prefix + inside.token(), listings.read(inside.path()));
            frames.push(frame);
            inside = frame.seek(bound.substring(frame.prefix.length()));
        }
    }

    /** Goes on to the next object, or to the next folder, which is not entered; false at the end. */
    boolean next() {
        while (!frames.isEmpty()) {
            Frame frame = frames.peek();
            if (frame.next < frame.items.size()) {
                current = frame.items.get(frame.next++);
                name = frame.prefix + current.token();
                return true;
            }
            frames.pop();
        }
        return false;
    }

    /** The key of the object, or what the keys below the folder begin with, {@code /} included. */
    String name() {
        return name;
    }

    boolean atFolder() {
        return current.kind() == Kind.FOLDER;
    }

    ListedItem item() {
        return current;
    }

    /** Goes on with what is in the folder. */
    void enter() throws IOException {
        frames.push(new Frame(name, listings.read(current.path())));
    }
}
