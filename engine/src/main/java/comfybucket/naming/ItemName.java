package comfybucket.naming;

import comfybucket.storage.ObjectKey;
import java.util.function.Supplier;

/** The name of one file of a batch, and others for the case that it is taken. Not for use by two threads at once. */
public final class ItemName implements OtherNames {
    private final ObjectKey first;
    private final Stem stem;
    private final Supplier<String> suffixes;

    /** @param suffixes what {@link #another} adds, one after the other */
    ItemName(ObjectKey first, Stem stem, Supplier<String> suffixes) {
        this.first = first;
        this.stem = stem;
        this.suffixes = suffixes;
    }

    /** The name to try first, and the only one where nothing may be renamed. */
    public ObjectKey first() {
        return first;
    }

    /** A name that was not given before, for when the last one is taken. */
    @Override
    public ObjectKey another() {
        return stem.key(suffixes.get());
    }

    /** What {@link #another} makes names of, to be kept. */
    @Override
    public SpareName spare() {
        return new SpareName(stem.key(""), stem.ending());
    }
}
