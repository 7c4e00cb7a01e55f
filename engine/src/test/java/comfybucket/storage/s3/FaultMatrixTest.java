package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.error.CloudException;
import comfybucket.store.faults.Fault;
import comfybucket.store.faults.FaultProxy;
import comfybucket.store.faults.Position;
import comfybucket.store.faults.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation under every fault at every position: it ends rightly, after few requests, and leaves nothing by half.
 */
class FaultMatrixTest {
    /** A request and the question that explains its failure, each time; and for a create-only write the look after it. */
    private static final int MOST_REQUESTS = Connections.TRIES * 2 + Connections.TRIES;

    /** Many, since those that come first do little but wait. */
    private static final int WIDTH = 32;

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger struck = new AtomicInteger();
    private Proving proving;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        proving = new Proving(folder);
    }

    @AfterEach
    void close() throws IOException {
        proving.close();
    }

    @Test
    void afterOneFaultItSucceedsOrSaysWhy() throws Exception {
        Seed.play(seed -> {
            run(cases(false).toList(), seed);
            shown("one fault", 1_000, seed);
        });
    }

    @Test
    void underAFaultThatStaysItGivesUpInTime() throws Exception {
        Seed.play(seed -> {
            run(
                    cases(true)
                            .filter(each -> Assurance.isLong() || isDrawn(each, seed))
                            .toList(),
                    seed);
            shown("a fault that stays", Assurance.cases(300, 1_000), seed);
        });
    }

    private void shown(String run, int least, long seed) {
        assertThat(wrong).isEmpty();
        assertThat(struck.get()).isGreaterThanOrEqualTo(least);
        String figure = "%d cases struck, 0 wrong (seed %d)".formatted(struck.get(), seed);
        Assurance.shown(Promise.RETRIES, run + ": operations × faults × positions", figure);
    }

    private static Stream<FaultCase> cases(boolean stays) {
        return Arrays.stream(Fault.values())
                .flatMap(fault -> Arrays.stream(Position.values())
                        .flatMap(position -> Arrays.stream(PortOperation.values())
                                .map(operation -> new FaultCase(operation, fault, position, stays))
                                .filter(FaultCase::hasPlace)));
    }

    /** One position of each operation and fault. */
    private static boolean isDrawn(FaultCase each, long seed) {
        Position[] positions = Position.values();
        int place = Seed.random(seed, (each.operation() + " " + each.fault()).hashCode())
                .nextInt(positions.length);
        return each.position() == positions[place];
    }

    /** Those that wait each have their own way to the store, so that they wait at the same time; the others share one a fault. */
    private void run(List<FaultCase> cases, long seed) throws Exception {
        List<List<FaultCase>> groups = new ArrayList<>();
        for (FaultCase each : cases) {
            boolean shared = !groups.isEmpty()
                    && !each.waits()
                    && groups.getLast().getFirst().fault() == each.fault();
            if (shared) {
                groups.getLast().add(each);
            } else {
                groups.add(new ArrayList<>(List.of(each)));
            }
        }
        groups.sort((a, b) -> Boolean.compare(b.getFirst().waits(), a.getFirst().waits()));
        Proving.runAll(
                WIDTH,
                groups.stream()
                        .<Callable<Void>>map(group -> () -> {
                            runGroup(group, seed);
                            return null;
                        })
                        .toList());
    }

    private void runGroup(List<FaultCase> group, long seed) throws IOException {
        boolean takesSilence = group.getFirst().takesSilence();
        try (FaultProxy proxy = new FaultProxy(proving.endpoint(), seed);
                S3Store store = proving.by(proxy.uri(), takesSilence)) {
            for (FaultCase each : group) {
                // On a busy machine an impatient store may give up before its request is out, and the fault sees none.
                for (int again = 0; !runCase(each, proxy, store) && again < 3; again++) {}
            }
        }
    }

    /** Whether the fault struck. */
    private boolean runCase(FaultCase each, FaultProxy proxy, S3Store store) {
        int before = proxy.events().size();
        String outcome;
        try {
            Scene scene = proving.scene(each.operation());
            each.operation().prepare(scene);
            proxy.set(each.plan());
            outcome = outcome(each, scene, store);
        } catch (IOException | RuntimeException | AssertionError failure) {
            outcome = failure.toString();
        }
        List<FaultProxy.Event> events =
                proxy.events().subList(before, proxy.events().size());
        if (outcome.isEmpty() && events.size() > MOST_REQUESTS) {
            outcome = "takes too many requests";
        }
        if (events.stream().noneMatch(event -> event.injection().isPresent())) {
            return false;
        }
        struck.incrementAndGet();
        if (!outcome.isEmpty()) {
            wrong.add(each + ": " + outcome + ", by " + events);
        }
        return true;
    }

    /** What was wrong; nothing if all went well. */
    private static String outcome(FaultCase each, Scene scene, S3Store store) throws IOException {
        boolean succeeded = false;
        try {
            each.operation().run(scene, store);
            succeeded = true;
        } catch (CloudException failure) {
            if (!each.isBeyondUs() && !each.problems().contains(failure.problem())) {
                return "ends with " + failure.problem() + ": " + failure.getMessage();
            }
        } catch (AssertionError wrongResult) {
            if (!each.isBeyondUs()) {
                return wrongResult.getMessage();
            }
        }
        if (succeeded && !each.maySucceed()) {
            return "succeeds";
        }
        each.operation().check(scene, succeeded);
        return "";
    }
}
