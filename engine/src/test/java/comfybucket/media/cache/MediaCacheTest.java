package comfybucket.media.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.connect.Bucket;
import comfybucket.connect.WatchedStore;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.http.Body;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, what it costs at the store, and what is never taken for something else. */
@Timeout(60)
class MediaCacheTest {
    private static final ObjectKey KEY = new ObjectKey("pictures/a.PNG");
    private static final String NAME = "comfyui/pictures/a.PNG";
    private static final int LARGE = 33 << 20;

    @TempDir
    private Path home;

    private WatchedStore store;
    private Bucket bucket;
    private MediaCache cache;

    @BeforeEach
    void open() throws IOException {
        store = new WatchedStore(home);
        bucket = store.bucket();
        cache = new MediaCache(folder());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Path folder() {
        return home.resolve("cache").resolve("media");
    }

    @Test
    void aSmallObjectCostsOneGetAndThenOneHeadAlsoAfterARestart() {
        ObjectInfo object = put("one");
        MediaCache.Loaded first = load();
        assertThat(first.object()).isEqualTo(object);
        assertThat(first.file()).hasContent("one");
        assertThat(store.takeRequests()).containsExactly("GET " + NAME);
        assertThat(load()).isEqualTo(first);
        assertThat(store.takeRequests()).containsExactly("HEAD " + NAME);
        cache = new MediaCache(folder());
        assertThat(load()).isEqualTo(first);
        assertThat(store.takeRequests()).containsExactly("HEAD " + NAME);
    }

    @Test
    void anotherVersionIsFetchedAndTheOldOneStaysForWhoReadsIt() {
        put("one");
        Path old = load().file();
        put("two!");
        assertThat(load().file()).hasContent("two!").isNotEqualTo(old);
        assertThat(store.takeRequests()).containsExactly("HEAD " + NAME, "GET " + NAME);
        assertThat(old).hasContent("one");
    }

    @Test
    void aLargeObjectComesInPiecesAndThenCostsOneHead() {
        byte[] bytes = new byte[LARGE];
        new Random(3).nextBytes(bytes);
        store.put(KEY.value(), bytes);
        assertThat(load().file()).hasBinaryContent(bytes);
        List<String> requests = store.takeRequests();
        assertThat(requests.subList(0, 2)).containsExactly("GET " + NAME, "HEAD " + NAME);
        assertThat(requests.subList(2, requests.size())).hasSizeGreaterThan(2).containsOnly("GET " + NAME);
        load();
        assertThat(store.takeRequests()).containsExactly("HEAD " + NAME);
    }

    @Test
    void aVersionFromAListingIsTheOneThatHeadTells() {
        ObjectInfo object = put("one");
        Path listed = cache.version(bucket, object.summary(), TransferProgress.NONE);
        assertThat(store.takeRequests()).containsExactly("GET " + NAME);
        assertThat(cache.version(bucket, object.summary(), TransferProgress.NONE))
                .isEqualTo(listed);
        assertThat(store.takeRequests()).isEmpty();
        assertThat(load().file()).isEqualTo(listed);
    }

    @Test
    void aVersionThatIsNotThereAnyMoreIsNotReplacedByTheNewOne() {
        ObjectInfo old = put("one");
        put("two");
        assertThat(refusal(() -> cache.version(bucket, old.summary(), TransferProgress.NONE)))
                .isEqualTo(Problem.OBJECT_CHANGED);
        store.put(KEY.value(), new byte[LARGE]);
        ObjectInfo large = bucket.store().head(KEY);
        put("three");
        assertThat(refusal(() -> cache.version(bucket, large.summary(), TransferProgress.NONE)))
                .isEqualTo(Problem.OBJECT_CHANGED);
        assertThat(files()).isEmpty();
    }

    /** Attack 12: the same key, bytes and ETag in another place is another object. */
    @Test
    void whatLiesElsewhereIsNeverTakenForIt() throws IOException {
        put("same");
        Path file = load().file();
        ProfileRef prefixed = store.profile("other", "\"path_prefix\": \"team/\"");
        Bucket other = store.buckets().open(prefixed);
        ObjectKey there = other.keys().resolve(KEY.value());
        other.store().put(there, Payload.of("same".getBytes(StandardCharsets.UTF_8)), PutOptions.REPLACE);
        assertThat(cache.newest(other, there, TransferProgress.NONE).file()).isNotEqualTo(file);
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        try (WatchedStore second = new WatchedStore(elsewhere)) {
            second.put(KEY.value(), "same".getBytes(StandardCharsets.UTF_8));
            assertThat(cache.newest(second.bucket(), KEY, TransferProgress.NONE).file())
                    .isNotEqualTo(file);
            assertThat(second.takeRequests()).containsExactly("GET " + NAME);
        }
    }

    @Test
    void aFileThatSomebodyHasCutIsFetchedAgain() throws IOException {
        put("whole");
        Path file = load().file();
        Files.writeString(file, "who");
        assertThat(load().file()).isEqualTo(file).hasContent("whole");
    }

    @Test
    void onlyTheUserCanReadIt() throws IOException {
        put("secret");
        store.put("large", new byte[LARGE]);
        List<Path> made = List.of(
                load().file(),
                cache.newest(bucket, new ObjectKey("large"), TransferProgress.NONE)
                        .file());
        for (Path file : made) {
            assertThat(mode(file)).isEqualTo("rw-------");
            assertThat(mode(file.getParent())).isEqualTo("rwx------");
        }
        assertThat(mode(folder())).isEqualTo("rwx------");
        assertThat(made.getFirst().getFileName().toString()).endsWith(".png");
    }

    @Test
    void whereItsFolderCannotBeMadeAnotherPrivateOneTakesItsPlace() throws IOException {
        Files.writeString(home.resolve("cache"), "in the way");
        put("one");
        Path file = load().file();
        assertThat(file).hasContent("one");
        assertThat(mode(file.getParent().getParent())).isEqualTo("rwx------");
        assertThat(load().file()).isEqualTo(file);
    }

    @Test
    void damageOnTheWayIsNeverKept() {
        put("right");
        store.front(inner -> request -> request.method().equals("GET")
                ? inner.handle(request).with(new Body.Bytes("wrong".getBytes(StandardCharsets.UTF_8)))
                : inner.handle(request));
        assertThat(refusal(this::load)).isEqualTo(Problem.CHECKSUM_MISMATCH);
        assertThat(files()).isEmpty();
    }

    @Test
    void aCancelLeavesNothingWithinASecond() throws InterruptedException {
        store.put(KEY.value(), new byte[1 << 20]);
        CountDownLatch begun = new CountDownLatch(1);
        store.front(inner -> request -> inner.handle(request).with(new Body.Stream(out -> {
            out.write(new byte[100_000]);
            out.flush();
            begun.countDown();
            waitForEver();
        })));
        CountDownLatch ended = new CountDownLatch(1);
        Thread loading = Thread.ofVirtual().start(() -> {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(this::load);
            ended.countDown();
        });
        begun.await();
        long pressed = System.nanoTime();
        loading.interrupt();
        ended.await();
        assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(1));
        assertThat(files()).isEmpty();
    }

    @Test
    void twoThatWantItAtTheSameTimeFetchItOnce() throws InterruptedException {
        put("one");
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch bothWant = new CountDownLatch(1);
        store.front(inner -> request -> {
            if (request.method().equals("GET")) {
                fetching.countDown();
                await(bothWant);
            }
            return inner.handle(request);
        });
        Thread one = Thread.ofVirtual().start(this::load);
        fetching.await();
        Thread two = Thread.ofVirtual().start(this::load);
        while (two.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        bothWant.countDown();
        one.join();
        two.join();
        assertThat(store.takeRequests()).containsExactly("GET " + NAME, "HEAD " + NAME);
    }

    @Test
    void theLimitOfTheProfileHolds() throws IOException {
        bucket = store.buckets().open(store.profile("small", "\"media_cache_limit\": \"10 KB\""));
        for (int i = 0; i < 40; i++) {
            store.put("many/" + i, new byte[1000]);
            Path file = cache.newest(bucket, new ObjectKey("many/" + i), TransferProgress.NONE)
                    .file();
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Room.IN_USE.multipliedBy(2))));
            assertThat(files().size() * 1000).isLessThanOrEqualTo(10_000);
        }
        assertThat(files()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void tellsHowMuchHasCome() {
        store.put(KEY.value(), new byte[1 << 20]);
        long[] last = new long[2];
        cache.newest(bucket, KEY, (done, total) -> {
            assertThat(done).isGreaterThan(last[0]);
            last[0] = done;
            last[1] = total;
        });
        assertThat(last).containsExactly(1 << 20, 1 << 20);
    }

    private ObjectInfo put(String content) {
        return store.put(KEY.value(), content.getBytes(StandardCharsets.UTF_8));
    }

    private MediaCache.Loaded load() {
        return cache.newest(bucket, KEY, TransferProgress.NONE);
    }

    private static Problem refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        return catchThrowableOfType(CloudException.class, work).problem();
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder())) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void waitForEver() throws IOException {
        await(new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
