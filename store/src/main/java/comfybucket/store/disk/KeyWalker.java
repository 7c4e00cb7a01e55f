package comfybucket.store.disk;

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
        private final List<Listed> contents;
        private int next;

        Frame(String prefix, List<Listed> contents) {
            this.prefix = prefix;
            this.contents = contents;
        }

        /** Goes to the first item that is not before the bound; @return what the bound lies in, or null. */
        Listed seek(String bound) {
            int low = 0;
            for (int high = contents.size(); low < high; ) {
                int middle = (low + high) >>> 1;
                if (Utf8Order.INSTANCE.compare(contents.get(middle).token(), bound) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            next = low;
            Listed before = low == 0 ? null : contents.get(low - 1);
            return before != null && isOpen(before) && bound.startsWith(before.token()) ? before : null;
        }

        private static boolean isOpen(Listed listed) {
            return switch (listed) {
                case ListedItem item -> item.isFolder();
                case Listed.Alike alike -> true;
            };
        }
    }

    private Frame inside(String prefix, Listed listed) throws IOException {
        return switch (listed) {
            case ListedItem folder -> new Frame(prefix + folder.token(), listings.read(folder.path()));
            case Listed.Alike alike -> new Frame(prefix, listings.read(alike));
        };
    }

    /** Makes {@link #next()} begin with the first key that is not before the bound. */
    void seek(String bound) throws IOException {
        frames.clear();
        Frame frame = new Frame("", listings.read(bucket));
        frames.push(frame);
        for (Listed around = frame.seek(bound); around != null; ) {
            frame = inside(frame.prefix, around);
            frames.push(frame);
            around = frame.seek(bound.substring(frame.prefix.length()));
        }
    }

    /** Goes on to the next object, or to the next folder, which is not entered; false at the end. */
    boolean next() throws IOException {
        while (!frames.isEmpty()) {
            Frame frame = frames.peek();
            if (frame.next == frame.contents.size()) {
                frames.pop();
                continue;
            }
            Listed listed = frame.contents.get(frame.next++);
            if (listed instanceof ListedItem item) {
                current = item;
                name = frame.prefix + item.token();
                return true;
            }
            frames.push(inside(frame.prefix, listed));
        }
        return false;
    }

    /** The key of the object, or what the keys below the folder begin with, {@code /} included. */
    String name() {
        return name;
    }

    boolean atFolder() {
        return current.isFolder();
    }

    ListedItem item() {
        return current;
    }

    /** Goes on with what is in the folder. */
    void enter() throws IOException {
        frames.push(new Frame(name, listings.read(current.path())));
    }
}
