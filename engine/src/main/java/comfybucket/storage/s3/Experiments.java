package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import comfybucket.storage.KeyPrefix;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Tries out what a store can do, where it would not say that it cannot. */
final class Experiments {
    private static final Map<Quirk, Experiment> ALL = new EnumMap<>(Map.of(
            Quirk.NO_CREATE_ONLY, new CreateOnlyExperiment(),
            Quirk.NO_CREATE_ONLY_IN_PARTS, new CreateOnlyInPartsExperiment(),
            Quirk.NO_TAGS, new TagsExperiment(),
            Quirk.NO_LIST_URL_ENCODING, new ListEncodingExperiment()));

    /** How a store answers to a form of a request that it does not know or like. */
    private static final Set<Problem> REFUSALS = EnumSet.of(
            Problem.STORE_CANNOT, Problem.STORE_REFUSED, Problem.STORE_REPLY_UNUSABLE, Problem.OBJECT_CHANGED);

    /** Nothing is learned from a store that is out of reach, or for which rights are missing; not at each turn, at least. */
    private static final Duration REST = Duration.ofMinutes(5);

    private final Optional<KeyPrefix> ground;
    private final Function<Set<Quirk>, S3Store> stores;
    private final InstantSource clock;
    private long restUntil = System.nanoTime();
    private boolean tidy;

    /**
     * @param ground where objects may be written and removed
     * @param stores the store, taken to have certain quirks
     */
    Experiments(Optional<KeyPrefix> ground, Function<Set<Quirk>, S3Store> stores, InstantSource clock) {
        this.ground = ground;
        this.stores = stores;
        this.clock = clock;
    }

    /** Those that can be tried out. */
    static Set<Quirk> quirks() {
        return ALL.keySet();
    }

    static boolean isRefusal(CloudException failure) {
        return REFUSALS.contains(failure.problem());
    }

    /**
     * Finds out about a quirk, if that can be done now. Listings never write, so what they need to know is found out
     * when something is written anyway.
     *
     * @param held the quirks that the store has for all that is known, the one in question among them
     * @param found is told what was found
     */
    void run(Quirk quirk, Set<Quirk> held, BiConsumer<Quirk, Boolean> found) {
        if (ground.isEmpty() || System.nanoTime() - restUntil < 0) {
            return;
        }
        try {
            Set<Quirk> questions = EnumSet.of(quirk);
            if (held.contains(Quirk.NO_LIST_URL_ENCODING)) {
                questions.add(Quirk.NO_LIST_URL_ENCODING);
            }
            questions.forEach(question -> tryOut(question, held, found));
            tidyUp(held);
        } catch (CloudException cannotTell) {
            restUntil = System.nanoTime() + REST.toNanos();
        }
    }

    private void tryOut(Quirk quirk, Set<Quirk> held, BiConsumer<Quirk, Boolean> found) {
        Set<Quirk> others = EnumSet.copyOf(held);
        others.remove(quirk);
        try (Laboratory laboratory = new Laboratory(stores.apply(held), stores.apply(others), ground.orElseThrow())) {
            laboratory.requireUsable();
            found.accept(quirk, !works(quirk, laboratory));
        }
    }

    /** Once; experiments that were killed are rare. */
    private void tidyUp(Set<Quirk> held) {
        if (!tidy) {
            tidy = true;
            new Remains(stores.apply(held), ground.orElseThrow(), clock).remove();
        }
    }

    private static boolean works(Quirk quirk, Laboratory laboratory) {
        try {
            return ALL.get(quirk).works(laboratory);
        } catch (CloudException failure) {
            if (isRefusal(failure)) {
                return false;
            }
            throw failure;
        }
    }
}
