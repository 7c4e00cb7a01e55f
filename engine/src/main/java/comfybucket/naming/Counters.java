package comfybucket.naming;

import java.nio.file.Path;

/**
 * Where {@code %counter%} goes on. It is a hint: a number that is taken after all costs the file a suffix, never another
 * file its place.
 */
@FunctionalInterface
public interface Counters {
    /**
     * The first of {@code count} numbers in a row.
     *
     * @param series what is counted: the address of the files with {@code %counter%} still in it
     */
    long reserve(String series, int count);

    /** Counts from 1, as ComfyUI does, as long as this process runs. */
    static Counters inMemory() {
        return new MemoryCounters();
    }

    /** Goes on from process to process; the file need not exist. */
    static Counters in(Path file) {
        return new FileCounters(file);
    }
}
