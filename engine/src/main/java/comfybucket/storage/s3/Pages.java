package comfybucket.storage.s3;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The pages of a listing, each fetched when it is asked for. A store that gives the same mark or the same page twice,
 * or nothing but empty pages, would go on for ever, and is stopped.
 *
 * @param <T> what a page holds
 * @param <M> the store's mark of where the next page begins
 */
final class Pages<T, M> implements Iterator<T> {
    /** S3 may give some, for example while it skips many deleted objects. */
    private static final int EMPTY_PAGES = 100;

    /**
     * One page.
     *
     * @param first what it begins with, which no other page can; empty for an empty page
     * @param next the mark of the next page; empty for the last one
     */
    record Page<T, M>(T content, Optional<String> first, Optional<M> next) {}

    /** Fetches a page. */
    interface Source<T, M> {
        /**
         * The page at a mark.
         *
         * @param mark where it begins; empty for the first page
         */
        Page<T, M> fetch(Optional<M> mark);
    }

    private final Source<T, M> source;
    private final Supplier<? extends RuntimeException> endless;
    private final Set<M> marks = new HashSet<>();
    private final Set<String> firsts = new HashSet<>();
    private Optional<M> next = Optional.empty();
    private boolean more = true;
    private int empty;

    /** @param endless what is thrown when the pages would not end */
    Pages(Source<T, M> source, Supplier<? extends RuntimeException> endless) {
        this.source = source;
        this.endless = endless;
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public T next() {
        if (!more) {
            throw new NoSuchElementException();
        }
        Page<T, M> page = source.fetch(next);
        next = page.next();
        more = next.isPresent();
        empty = page.first().isPresent() ? 0 : empty + 1;
        boolean repeated = next.map(mark -> !marks.add(mark)).orElse(false)
                || page.first().map(first -> !firsts.add(first)).orElse(false);
        if (repeated || empty > EMPTY_PAGES) {
            throw endless.get();
        }
        return page.content();
    }
}
