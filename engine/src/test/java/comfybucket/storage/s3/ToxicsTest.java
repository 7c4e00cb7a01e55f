package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.store.faults.Direction;
import comfybucket.store.faults.Toxic;
import comfybucket.store.faults.ToxicRelay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation on every kind of bad connection: it ends in time, and within a second when it is cancelled. */
class ToxicsTest {
    private static final Duration CANCEL = Duration.ofSeconds(1);
    /** Toxics at a time. */
    private static final int WIDTH = 3;
    /** One case of so many may have to run alone to be right. */
    private static final int MOST_ALONE = 20;

    /** As bad as a store gets over. */
    private static final List<Toxic> BEARABLE = List.of(
            new Toxic.Latency(Duration.ofMillis(100)),
            new Toxic.Bandwidth(40_000),
            new Toxic.SlowClose(Duration.ofSeconds(1)),
            new Toxic.Slicer(200, Duration.ofMillis(5)));

    /** So bad that an operation may fail. */
    private static final List<Toxic> BAD = List.of(
            new Toxic.Timeout(Duration.ofMillis(500)),
            new Toxic.ResetPeer(Duration.ofMillis(20)),
            new Toxic.LimitData(300),
            new Toxic.Down());

    /** So bad that an operation is still under way when it is cancelled. */
    private static final List<Toxic> ENDLESS = List.of(
            new Toxic.Latency(Duration.ofMinutes(1)),
            new Toxic.Bandwidth(20),
            new Toxic.SlowClose(Duration.ofMinutes(1)),
            new Toxic.Slicer(1, Duration.ofSeconds(1)),
            new Toxic.Timeout(Duration.ofMinutes(1)),
            new Toxic.ResetPeer(Duration.ofMinutes(1)),
            new Toxic.LimitData(1),
            new Toxic.Down());

    private static final Set<Problem> BROKEN =
            Set.of(Problem.ENDPOINT_UNREACHABLE, Problem.STORE_SILENT, Problem.STORE_REPLY_UNUSABLE);

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    /** What was wrong beside the others and is right alone. */
    private final Queue<String> alone = new ConcurrentLinkedQueue<>();

    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();
    private Proving proving;

    /** What is done on a bad connection; says what was wrong. */
    private interface Trial {
        String run(PortOperation operation, Scene scene, S3Store store) throws IOException, InterruptedException;
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        proving = new Proving(folder);
    }

    @AfterEach
    void close() throws IOException {
        proving.close();
    }

    @Test
    void everyOperationEndsInTime() throws Exception {
        onAll(BEARABLE, false, (operation, scene, store) -> ends(operation, scene, store, true));
        onAll(BAD, true, (operation, scene, store) -> ends(operation, scene, store, false));
        shown("toxiproxy's eight toxics × both directions × operations, to the deadline and 5 s");
    }

    @Test
    void everyOperationEndsWithinASecondOfItsCancel() throws Exception {
        onAll(ENDLESS, false, ToxicsTest::isCancelled);
        shown("toxiproxy's eight toxics × both directions × operations, cancelled");
    }

    private void shown(String run) {
        assertThat(wrong).isEmpty();
        assertThat(alone).as("late beside the others").hasSizeLessThanOrEqualTo(done.size() / MOST_ALONE);
        alone.forEach(one -> System.out.println("Right only when it ran alone: " + one));
        String repeated = alone.isEmpty() ? "" : ", " + alone.size() + " right only when they ran alone";
        Assurance.shown(Promise.NEVER_HANGS, run, done.size() + " cases, 0 late" + repeated);
    }

    private void onAll(List<Toxic> toxics, boolean impatient, Trial trial) throws Exception {
        List<Callable<Void>> ways = new ArrayList<>();
        for (Toxic toxic : toxics) {
            for (Direction direction : Direction.values()) {
                ways.add(() -> on(toxic, direction, impatient, trial));
            }
        }
        Proving.runAll(WIDTH, ways);
    }

    /** All operations side by side on connections of one kind. */
    private Void on(Toxic toxic, Direction direction, boolean impatient, Trial trial) throws Exception {
        try (ToxicRelay relay = new ToxicRelay(proving.endpoint(), toxic, direction);
                S3Store store = proving.by(relay.uri(), impatient)) {
            List<Callable<Void>> cases = new ArrayList<>();
            for (PortOperation operation : PortOperation.values()) {
                cases.add(() -> {
                    String name = operation + " with " + toxic + " " + direction;
                    String text = tried(operation, trial, store);
                    if (!text.isEmpty()) {
                        alone.add(name + ": " + text);
                        text = again(operation, trial, store);
                    }
                    done.add(1);
                    if (!text.isEmpty()) {
                        wrong.add(name + ": " + text);
                    }
                    return null;
                });
            }
            Proving.runAll(cases.size(), cases);
        }
        return null;
    }

    private String tried(PortOperation operation, Trial trial, S3Store store) throws IOException, InterruptedException {
        Scene scene = proving.scene(operation);
        operation.prepare(scene);
        return trial.run(operation, scene, store);
    }

    /** Once more and by itself: a second is short on a machine that is busy with all the others. It is counted and told. */
    private synchronized String again(PortOperation operation, Trial trial, S3Store store)
            throws IOException, InterruptedException {
        return tried(operation, trial, store);
    }

    private static String ends(PortOperation operation, Scene scene, S3Store store, boolean mustSucceed)
            throws IOException {
        long start = System.nanoTime();
        boolean succeeded = false;
        try {
            operation.run(scene, store);
            succeeded = true;
        } catch (CloudException failure) {
            if (mustSucceed || !BROKEN.contains(failure.problem())) {
                return "ends with " + failure.problem() + ": " + failure.getMessage();
            }
        } catch (AssertionError wrongResult) {
            return wrongResult.getMessage();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        operation.check(scene, succeeded);
        return mustSucceed || took.compareTo(Connections.DEADLINE) < 0 ? "" : "takes " + took;
    }

    private static String isCancelled(PortOperation operation, Scene scene, S3Store store) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                operation.run(scene, store);
            } catch (IOException | RuntimeException | AssertionError e) {
                thrown.set(e);
            }
        });
        Thread.sleep(300);
        boolean ended = !thread.isAlive();
        long start = System.nanoTime();
        thread.interrupt();
        if (!thread.join(Duration.ofSeconds(20))) {
            return "is still there";
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        boolean rightly = ended || thrown.get() == null || thrown.get() instanceof CancellationException;
        return took.compareTo(CANCEL) > 0 ? "takes " + took : rightly ? "" : "ends with " + thrown.get();
    }
}
