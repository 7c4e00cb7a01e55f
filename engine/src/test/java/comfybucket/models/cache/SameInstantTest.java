package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import comfybucket.assurance.Assurance;
import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import comfybucket.files.FileState;
import comfybucket.files.SystemDisk;
import comfybucket.profile.Profile;
import comfybucket.storage.MemoryStore;
import comfybucket.storage.ObjectKey;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several who share a folder of models and begin the same download in the same instant: one of them brings it. */
@Timeout(300)
class SameInstantTest {
    private static final ObjectKey KEY = new ObjectKey("models/a.safetensors");
    private static final int PIECE = 1000;
    private static final int SIZE = 20 * PIECE;
    private static final int ROUNDS = Assurance.cases(30, 1_000);

    @TempDir
    private Path home;

    private final MemoryStore store = new MemoryStore();
    private final Bucket bucket = new Bucket(Profile.local(Path.of("/store")), store, store);

    @Test
    void oneOfThemDownloads() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            int many = 2 + round % 3;
            Path folder = home.resolve("round-" + round);
            byte[] bytes = put(round);
            fetchAtOnce(many, folder, new SystemDisk());
            assertThat(store.takeServed()).as("round %d, of %d", round, many).isEqualTo(SIZE);
            assertThat(folder.resolve("a.safetensors")).hasBinaryContent(bytes);
            assertThat(names(folder)).hasSize(3);
        }
    }

    @Test
    void oneOfThemGoesOnWithWhatADeadOneLeft() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Path folder = home.resolve("round-" + round);
            byte[] bytes = put(round);
            interruptedFetch(folder);
            long noted = notedPieces(folder) * PIECE;
            store.takeServed();
            fetchAtOnce(2, folder, new SystemDisk());
            assertThat(store.takeServed()).as("round %d", round).isEqualTo(SIZE - noted);
            assertThat(folder.resolve("a.safetensors")).hasBinaryContent(bytes);
            assertThat(names(folder)).hasSize(3);
        }
    }

    @Test
    void oneOfThemReplacesAnOldVersion() throws Exception {
        Path folder = home.resolve("models");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = put(round);
            fetchAtOnce(2, folder, new SystemDisk());
            assertThat(store.takeServed()).as("round %d", round).isEqualTo(SIZE);
            assertThat(folder.resolve("a.safetensors")).hasBinaryContent(bytes);
            assertThat(names(folder)).hasSize(3);
        }
    }

    @Test
    void oneOfThemDownloadsAgainWhenAllAreToldTo() throws Exception {
        Path model = home.resolve("a.safetensors");
        byte[] bytes = put(1);
        fetch(home, new SystemDisk(), TransferProgress.NONE);
        for (int round = 0; round < ROUNDS; round++) {
            damage(model);
            FileState state = new SystemDisk().state(model).orElseThrow();
            assumeFalse(state.created().equals(state.modified()), "the file system does not keep when a file was made");
            store.takeServed();
            List<ModelFile> models = atOnce(2 + round % 3, this::fetchAgain);
            assertThat(models).allMatch(fetched -> fetched.outcome() == Outcome.DOWNLOADED);
            assertThat(store.takeServed()).as("round %d", round).isEqualTo(SIZE);
            assertThat(model).hasBinaryContent(bytes);
            assertThat(names(home)).hasSize(3);
        }
    }

    @Test
    void whoIsToldToDownloadAgainDoesWhenTheOtherFails() throws Exception {
        Path model = home.resolve("a.safetensors");
        byte[] bytes = put(1);
        fetch(home, new SystemDisk(), TransferProgress.NONE);
        for (int round = 0; round < ROUNDS; round++) {
            damage(model);
            AtomicInteger gets = new AtomicInteger();
            store.beforeGet(() -> {
                if (gets.incrementAndGet() == 1) {
                    pause(20);
                    throw failure();
                }
            });
            List<Optional<ModelFile>> models = atOnce(2, () -> {
                try {
                    return Optional.of(fetchAgain());
                } catch (CloudException failed) {
                    return Optional.empty();
                }
            });
            assertThat(models).as("round %d", round).containsOnlyOnce(Optional.empty());
            assertThat(model).hasBinaryContent(bytes);
        }
    }

    /** So that it cannot be seen from outside. */
    private static void damage(Path model) throws IOException {
        FileTime time = Files.getLastModifiedTime(model);
        byte[] bytes = Files.readAllBytes(model);
        bytes[7] ^= 4;
        Files.write(model, bytes);
        Files.setLastModifiedTime(model, time);
    }

    @Test
    void whoWaitsIsToldHowFarTheOtherIs() throws Exception {
        put(1);
        AtomicInteger gets = new AtomicInteger();
        store.beforeGet(() -> pause(50L * gets.incrementAndGet()));
        AtomicLong least = new AtomicLong(Long.MAX_VALUE);
        List<List<Long>> told = new ArrayList<>();
        List<ModelFile> models = atOnce(2, () -> {
            List<Long> mine = new ArrayList<>();
            synchronized (told) {
                told.add(mine);
            }
            return fetch(home, new SystemDisk(), (done, total) -> {
                synchronized (mine) {
                    mine.add(done);
                }
            });
        });
        told.forEach(mine -> least.accumulateAndGet(
                mine.stream().filter(done -> 0 < done && done < SIZE).count(), Math::min));
        assertThat(models).allMatch(model -> model.outcome() == Outcome.DOWNLOADED);
        assertThat(store.takeServed()).isEqualTo(SIZE);
        assertThat(least.get()).isPositive();
    }

    @Test
    void whereTheyCannotSeeEachOtherAllIsRightAllTheSame() throws Exception {
        Disk blind = listing((folder, names) -> List.of());
        long served = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path folder = home.resolve("round-" + round);
            byte[] bytes = put(round);
            fetchAtOnce(3, folder, blind);
            served += store.takeServed();
            assertThat(folder.resolve("a.safetensors")).hasBinaryContent(bytes);
            assertThat(names(folder)).hasSize(3);
        }
        assertThat(served).isGreaterThan((long) ROUNDS * SIZE);
    }

    @Test
    void whereTheySeeEachOtherNowAndThenAllIsRightAllTheSame() throws Exception {
        Disk unsure = listing((folder, names) -> ThreadLocalRandom.current().nextBoolean() ? List.of() : names);
        for (int round = 0; round < ROUNDS; round++) {
            Path folder = home.resolve("round-" + round);
            byte[] bytes = put(round);
            if (round % 2 == 0) {
                interruptedFetch(folder);
            }
            fetchAtOnce(3, folder, unsure);
            assertThat(folder.resolve("a.safetensors")).hasBinaryContent(bytes);
        }
    }

    private byte[] put(int round) {
        byte[] bytes = new byte[SIZE];
        new Random(round).nextBytes(bytes);
        store.put(KEY, bytes);
        store.takeServed();
        return bytes;
    }

    private void fetchAtOnce(int many, Path folder, Disk disk) throws Exception {
        atOnce(many, () -> fetch(folder, disk, TransferProgress.NONE));
    }

    /** Each of them learns from the store of the object, and then all go on together. */
    private <T> List<T> atOnce(int many, Callable<T> fetch) throws Exception {
        CyclicBarrier all = new CyclicBarrier(many);
        AtomicInteger asked = new AtomicInteger();
        store.beforeHead(() -> {
            if (asked.incrementAndGet() <= many) {
                await(all);
            }
        });
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                running.add(threads.submit(fetch));
            }
            for (Future<T> one : running) {
                results.add(one.get());
            }
        } finally {
            store.beforeHead(() -> {});
        }
        return results;
    }

    private void interruptedFetch(Path folder) {
        AtomicInteger gets = new AtomicInteger();
        store.beforeGet(() -> {
            if (gets.incrementAndGet() == 4) {
                throw failure();
            }
        });
        assertThat(catchThrowable(() -> fetch(folder, new SystemDisk(), TransferProgress.NONE)))
                .isInstanceOf(CloudException.class);
        store.beforeGet(() -> {});
    }

    private static CloudException failure() {
        return new CloudException(
                Problem.STORE_FAILED, Map.of("endpoint", "x", "action", "GetObject", "target", "a", "reply", "500"));
    }

    private ModelFile fetch(Path folder, Disk disk, TransferProgress progress) {
        return new ModelCache(disk, PIECE).fetch(bucket, KEY, ModelPlace.of(folder), FetchOptions.USUAL, progress);
    }

    private ModelFile fetchAgain() {
        FetchOptions force = FetchOptions.USUAL.withForce(true);
        return new ModelCache(new SystemDisk(), PIECE)
                .fetch(bucket, KEY, ModelPlace.of(home), force, TransferProgress.NONE);
    }

    /** What becomes of the names that a folder has. */
    private interface Listing {
        List<Path> seen(Path folder, List<Path> names);
    }

    /** The machine's disk, except for what is seen in its folders. */
    private static Disk listing(Listing listing) {
        Disk disk = new SystemDisk();
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("list")
                                ? listing.seen((Path) arguments[0], disk.list((Path) arguments[0]))
                                : method.invoke(disk, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static long notedPieces(Path folder) throws IOException {
        for (String name : names(folder)) {
            if (name.endsWith(".journal")) {
                return Files.readString(folder.resolve(name))
                        .lines()
                        .filter(line -> line.startsWith("piece "))
                        .count();
            }
        }
        return 0;
    }

    private static void await(CyclicBarrier all) {
        try {
            all.await(1, TimeUnit.MINUTES);
        } catch (Exception alone) {
            throw new IllegalStateException(alone);
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
