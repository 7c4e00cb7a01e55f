package comfybucket.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.naming.OnConflict;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.faults.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends at any moment loses nothing that it has accepted, and leaves nothing behind. */
@Timeout(7200)
class CrashTest {
    private static final int LARGE = 33 << 20;

    @TempDir
    private Path folder;

    /**
     * The process stops for ever before or after the store has done what it asked for. What it would have done next it
     * does at the end, when another has long gone on with its jobs.
     */
    @Test
    void aProcessThatStopsBetweenAnyTwoRequestsLosesNothing() throws Exception {
        int cases = Assurance.cases(80, 800);
        Seed.play(seed -> {
            try (Home home = new Home(folder, "MinIO")) {
                for (int i = 0; i < cases; i++) {
                    Random random = Seed.random(seed, i);
                    byte[] bytes = ("case " + i + " " + random.nextLong()).getBytes(UTF_8);
                    stopAndGoOn(home, "c" + i + "/", bytes, random, 3);
                }
            }
            Assurance.shown(
                    Promise.ACCEPTED,
                    "process stopped between two requests of a small upload",
                    cases + " stops, 0 lost, 0 twice (seed " + seed + ")");
        });
    }

    @Test
    void aProcessThatStopsInAnUploadInPartsLeavesNothingAtTheStoreAndTouchesNobodyElses() throws Exception {
        int cases = Assurance.cases(6, 60);
        Seed.play(seed -> {
            try (Home home = new Home(folder, "MinIO")) {
                for (int i = 0; i < cases; i++) {
                    Random random = Seed.random(seed, 1000 + i);
                    byte[] bytes = new byte[LARGE];
                    random.nextBytes(bytes);
                    String place = "large" + i + "/";
                    MultipartUpload before = foreign(home, place + "cat.txt", false);
                    MultipartUpload busy = foreign(home, place + "cat.txt", true);
                    stopAndGoOn(home, place, bytes, random, 9);
                    List<String> open = new ArrayList<>();
                    home.bucket()
                            .store()
                            .multipart()
                            .open(new KeyPrefix(place))
                            .forEach(upload -> open.add(upload.id()));
                    assertThat(open).containsExactlyInAnyOrder(before.id(), busy.id());
                }
            }
            Assurance.shown(
                    Promise.ACCEPTED,
                    "process stopped between two requests of an upload in parts",
                    cases + " stops, 0 lost, 0 uploads of ours left, 0 of others touched (seed " + seed + ")");
        });
    }

    private static MultipartUpload foreign(Home home, String key, boolean hasPart) {
        MultipartUpload upload = home.bucket().store().multipart().create(new ObjectKey(key), PutOptions.REPLACE);
        if (hasPart) {
            var _ = home.bucket().store().multipart().upload(upload, 1, Payload.of(new byte[10]));
        }
        return upload;
    }

    private static void stopAndGoOn(Home home, String place, byte[] bytes, Random random, int requests)
            throws Exception {
        if (random.nextBoolean()) {
            home.bucket().store().put(new ObjectKey(place + "cat.txt"), Payload.of(new byte[] {1}), PutOptions.REPLACE);
        }
        boolean wasTaken = home.keys().contains(place + "cat.txt");
        Home.Life first = home.life();
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger(random.nextInt(requests));
        boolean after = random.nextBoolean();
        Accepted accepted = first.accept(place + "cat.txt", bytes, OnConflict.RENAME, true);
        home.front = (request, store) -> {
            if (left.getAndDecrement() != 0) {
                return store.handle(request);
            }
            var answer = after ? store.handle(request) : null;
            frozen.countDown();
            try {
                goOn.await();
            } catch (InterruptedException ended) {
                throw new IOException(ended);
            }
            return answer == null ? store.handle(request) : answer;
        };
        Thread stopping = Thread.ofPlatform().daemon().start(() -> {
            try {
                accepted.send(moved -> {});
            } catch (RuntimeException ended) {
                // Its job is another's by now.
            } finally {
                frozen.countDown();
            }
        });
        frozen.await();
        home.front = Home.OPEN;
        first.dies();
        Home.Life second = home.life();
        second.outbox.start();
        Home.await(() -> home.files().stream().noneMatch(name -> name.contains("-")) && second.outbox.waiting() == 0);
        requireOnce(home, place, bytes, wasTaken);
        goOn.countDown();
        stopping.join();
        requireOnce(home, place, bytes, wasTaken);
        second.outbox.close();
        second.dies();
    }

    private static void requireOnce(Home home, String place, byte[] bytes, boolean wasTaken) throws IOException {
        List<String> keys = home.keys().stream()
                .filter(key -> key.startsWith(place))
                .filter(key -> !(wasTaken && key.equals(place + "cat.txt")))
                .toList();
        assertThat(keys).as(place).hasSize(1);
        assertThat(Arrays.equals(home.read(keys.getFirst()), bytes)).as(place).isTrue();
        if (wasTaken) {
            assertThat(home.read(place + "cat.txt")).isEqualTo(new byte[] {1});
        }
    }

    /** Real processes, killed while many threads of theirs save; there are always two of them. */
    @Test
    void killedProcessesLoseNothing() throws Exception {
        int kills = Assurance.cases(100, 1_000);
        Seed.play(seed -> {
            Set<String> accepted = ConcurrentHashMap.newKeySet();
            try (Home home = new Home(folder, "MinIO")) {
                MultipartUpload foreign = foreign(home, "cat.txt", true);
                killAll(new SavingProcesses(home, folder.resolve("trained")), kills, seed, accepted);
                Home.Life last = home.life();
                last.outbox.start();
                Home.await(() ->
                        last.outbox.waiting() == 0 && home.files().stream().noneMatch(name -> name.contains("-")));
                Map<String, Integer> found = new HashMap<>();
                for (String key : home.keys()) {
                    found.merge(
                            new String(home.read(key), UTF_8).substring(0, SavingProcess.ID_LENGTH), 1, Integer::sum);
                }
                assertThat(found.keySet()).containsAll(accepted);
                assertThat(found.values()).allMatch(count -> count == 1);
                assertThat(home.bucket().store().multipart().open(KeyPrefix.NONE))
                        .extracting(MultipartUpload::id)
                        .containsExactly(foreign.id());
            }
            assertThat(accepted).isNotEmpty();
            Assurance.shown(
                    Promise.ACCEPTED,
                    "processes killed while they saved",
                    kills + " kills, " + accepted.size() + " files accepted, 0 lost, 0 twice (seed " + seed + ")");
        });
    }

    private static void killAll(SavingProcesses processes, int kills, long seed, Set<String> accepted)
            throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> killers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                killers.add(threads.submit(() -> {
                    for (int number = next.getAndIncrement(); number < kills; number = next.getAndIncrement()) {
                        Duration life =
                                Duration.ofMillis(Seed.random(seed, number).nextInt(300));
                        accepted.addAll(processes.killed(number, life));
                    }
                    return null;
                }));
            }
        }
        for (Future<?> killer : killers) {
            killer.get();
        }
    }
}
