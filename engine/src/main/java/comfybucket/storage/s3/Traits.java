package comfybucket.storage.s3;

import comfybucket.provider.Quirk;
import java.util.Set;
import java.util.function.Supplier;

/** Which quirks a store has. Of some it may not be known yet; they count as had, which is safe, until they are found not to be. */
interface Traits {
    /** Whether the store has it, for all that is known. Asks no store. */
    boolean has(Quirk quirk);

    /** The same for an operation that writes: if it is not known, it is tried out first. */
    boolean hasWhenTried(Quirk quirk);

    /**
     * Does what the quirk forbids, or what it allows. While it is not known which is right, the first is done, and the
     * second after a refusal; what works shows whether the store has the quirk.
     *
     * @param plain what is done at a store without the quirk
     * @param careful what is done at one that has it
     */
    <T> T attempt(Quirk quirk, Supplier<T> plain, Supplier<T> careful);

    /** Whether it is not known yet. */
    boolean isOpen(Quirk quirk);

    /** Notes what the store has shown about a quirk that was open. */
    void found(Quirk quirk, boolean holds);

    /** Of a store about which everything is known. */
    static Traits of(Set<Quirk> quirks) {
        return new SettledTraits(quirks);
    }
}
