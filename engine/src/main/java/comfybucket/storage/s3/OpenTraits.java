package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.provider.Quirk;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The quirks of a store some of which have to show: by what operations meet with, or by experiments. */
final class OpenTraits implements Traits {
    private final Set<Quirk> settled;
    private final Set<Quirk> open;
    private final Findings findings;
    private final StoreIdentity store;
    private final Experiments experiments;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /**
     * @param settled what the store has for sure
     * @param open what it may have
     */
    OpenTraits(Set<Quirk> settled, Set<Quirk> open, Findings findings, StoreIdentity store, Experiments experiments) {
        this.settled = settled;
        this.open = open;
        this.findings = findings;
        this.store = store;
        this.experiments = experiments;
    }

    @Override
    public boolean has(Quirk quirk) {
        return settled.contains(quirk) || (open.contains(quirk) && known(quirk).orElse(true));
    }

    @Override
    public boolean hasWhenTried(Quirk quirk) {
        if (!isOpen(quirk)) {
            return has(quirk);
        }
        begin();
        try {
            if (isOpen(quirk)) {
                experiments.run(quirk, held(EnumSet.allOf(Quirk.class)), this::found);
            }
            return has(quirk);
        } finally {
            oneAtATime.unlock();
        }
    }

    @Override
    public <T> T attempt(Quirk quirk, Supplier<T> plain, Supplier<T> careful) {
        if (!isOpen(quirk)) {
            return has(quirk) ? careful.get() : plain.get();
        }
        T result;
        try {
            result = plain.get();
        } catch (CloudException refused) {
            result = instead(careful, refused);
            found(quirk, true);
            return result;
        }
        found(quirk, false);
        return result;
    }

    /** What is refused in both forms is refused for another reason; another failure is what there is to tell. */
    private static <T> T instead(Supplier<T> careful, CloudException refused) {
        if (!Experiments.isRefusal(refused)) {
            throw refused;
        }
        try {
            return careful.get();
        } catch (CloudException also) {
            throw Experiments.isRefusal(also) ? refused : also;
        }
    }

    @Override
    public boolean isOpen(Quirk quirk) {
        return open.contains(quirk) && !settled.contains(quirk) && known(quirk).isEmpty();
    }

    @Override
    public void found(Quirk quirk, boolean holds) {
        findings.note(store, quirk, holds);
    }

    private Optional<Boolean> known(Quirk quirk) {
        return findings.of(store, quirk);
    }

    private Set<Quirk> held(Collection<Quirk> quirks) {
        Set<Quirk> held = EnumSet.noneOf(Quirk.class);
        quirks.stream().filter(this::has).forEach(held::add);
        return held;
    }

    /** Others wait for the answer of who asks first. */
    private void begin() {
        try {
            oneAtATime.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("Cancelled");
            cancelled.initCause(e);
            throw cancelled;
        }
    }
}
