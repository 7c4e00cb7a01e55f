package comfybucket.storage.s3;

import comfybucket.provider.Quirk;
import java.util.Set;
import java.util.function.Supplier;

/** The quirks of a store about which everything is known. */
record SettledTraits(Set<Quirk> quirks) implements Traits {
    @Override
    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    @Override
    public boolean hasWhenTried(Quirk quirk) {
        return has(quirk);
    }

    @Override
    public <T> T attempt(Quirk quirk, Supplier<T> plain, Supplier<T> careful) {
        return has(quirk) ? careful.get() : plain.get();
    }

    @Override
    public boolean isOpen(Quirk quirk) {
        return false;
    }

    @Override
    public void found(Quirk quirk, boolean holds) {
        throw new IllegalStateException(quirk + " was no question");
    }
}
