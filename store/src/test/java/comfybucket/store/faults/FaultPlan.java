package comfybucket.store.faults;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Decides which requests are struck by which fault. Asked once for each request, from many threads. */
public interface FaultPlan {
    Optional<Injection> next(Asked request);

    static FaultPlan never() {
        return request -> Optional.empty();
    }

    static FaultPlan always(Fault fault, Position position) {
        return request -> Optional.of(new Injection(fault, position));
    }

    /** The next request, and none after it. */
    static FaultPlan once(Fault fault, Position position) {
        return always(fault, position).times(1);
    }

    /**
     * Chance that can be repeated: what happens to the n-th request of an operation depends on the seed, the operation
     * and n alone, however the requests of several operations mix.
     *
     * @param share of the requests that are struck, 0 to 1
     */
    static FaultPlan seeded(long seed, double share, List<Fault> faults) {
        Position[] positions = Position.values();
        return request -> {
            Random random = request.random(seed);
            boolean strikes = random.nextDouble() < share;
            Fault fault = faults.get(random.nextInt(faults.size()));
            Position position = positions[random.nextInt(positions.length)];
            return strikes ? Optional.of(new Injection(fault, position)) : Optional.empty();
        };
    }

    /** Only for some requests; the others are not counted. */
    default FaultPlan only(Predicate<Asked> some) {
        return request -> some.test(request) ? next(request) : Optional.empty();
    }

    default FaultPlan on(String operation) {
        return only(request -> request.operation().equals(operation));
    }

    /** The first so many requests that are asked about. */
    default FaultPlan times(int most) {
        AtomicLong left = new AtomicLong(most);
        return request -> left.getAndDecrement() > 0 ? next(request) : Optional.empty();
    }

    /** Not the first so many requests that are asked about. */
    default FaultPlan afterFirst(int spared) {
        AtomicLong left = new AtomicLong(spared);
        return request -> left.getAndDecrement() > 0 ? Optional.empty() : next(request);
    }
}
