package comfybucket.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.store.checksum.Digests;
import comfybucket.store.disk.RefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects as files: whole or not there, and never with another object's metadata. */
class ObjectFilesTest {
    private static final String BUCKET = "bucket";

    @TempDir
    private Path base;

    private Path root;
    private DataFolder data;

    @BeforeEach
    void open() throws IOException {
        root = base.resolve("folder");
        data = DataFolder.open(root, false);
        data.buckets().create(BUCKET);
    }

    @AfterEach
    void close() throws IOException {
        data.close();
    }

    private void put(String key, String content, Precondition precondition) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (StagedFile file = data.objects().stage()) {
            file.write(bytes, 0, bytes.length);
            data.objects().publish(BUCKET, key, file, meta(content), precondition);
        }
    }

    private static ObjectMeta meta(String content) {
        return new ObjectMeta(
                md5(content), Map.of("x-amz-meta-content", content), Map.of(), Optional.empty(), List.of());
    }

    private static String md5(String content) {
        return HexFormat.of().formatHex(Digests.md5().digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> get(String key) throws IOException {
        Optional<StoredObject> object = data.objects().open(BUCKET, key);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        try (StoredObject found = object.get()) {
            ByteBuffer bytes = ByteBuffer.allocate((int) found.size());
            found.file().read(bytes, 0);
            String content = new String(bytes.array(), StandardCharsets.UTF_8);
            assertThat(found.meta())
                    .isIn(
                            meta(content),
                            Sidecars.assumed(key, Identity.at(found(key)).orElseThrow()));
            return Optional.of(content);
        }
    }

    private Path found(String key) throws IOException {
        return new KeyPaths(new NameRules(false, true)).find(root.resolve(BUCKET), key);
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private List<Path> files(String folder) throws IOException {
        Path start = root.resolve(folder);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    @Test
    void anyKeyIsKeptBesideAllOthersAndNothingEscapes() throws IOException {
        Random random = new Random(5);
        List<String> keys = Stream.concat(
                        Keys.NASTY.stream(),
                        Stream.generate(() -> Keys.random(random)).limit(300))
                .distinct()
                .toList();
        for (String key : keys) {
            put(key, "content of " + key, Precondition.ABSENT);
        }
        for (String key : keys) {
            assertThat(get(key)).contains("content of " + key);
        }
        assertThat(files(BUCKET)).hasSameSizeAs(keys);
        try (Stream<Path> around = Files.list(base)) {
            assertThat(around).containsExactly(root);
        }
        for (String key : keys) {
            assertThat(data.objects().delete(BUCKET, key, Precondition.NONE)).isTrue();
        }
        assertThat(files(BUCKET)).isEmpty();
        assertThat(files(".comfy-bucket/meta")).isEmpty();
        data.buckets().delete(BUCKET);
    }

    @Test
    void overwritingLeavesOneFileAndOneSidecar() throws IOException {
        for (int i = 0; i < 20; i++) {
            put("a.png", "v" + i, Precondition.NONE);
        }
        assertThat(get("a.png")).contains("v19");
        assertThat(files(BUCKET)).containsExactly(root.resolve("bucket/a.png"));
        assertThat(files(".comfy-bucket/meta")).hasSize(1);
        assertThat(files(".comfy-bucket/staging")).allMatch(file -> file.endsWith("lock"));
    }

    @Test
    void preconditionsHold() throws IOException {
        Precondition second = new Precondition.Present(meta -> meta.etag().equals(md5("second")));
        assertRefused(Reason.NO_SUCH_KEY, () -> put("k", "first", second));
        put("k", "first", Precondition.ABSENT);
        assertRefused(Reason.PRECONDITION_FAILED, () -> put("k", "other", Precondition.ABSENT));
        assertRefused(Reason.PRECONDITION_FAILED, () -> put("k", "other", second));
        assertThat(get("k")).contains("first");
        put("k", "second", Precondition.NONE);
        put("k", "third", second);
        assertThat(get("k")).contains("third");
        assertRefused(Reason.NO_SUCH_BUCKET, () -> data.objects().open("other", "k"));
        assertThat(files(".comfy-bucket/meta")).hasSize(1);
    }

    @Test
    void ofManyCreatorsOneWins() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                String key = "round/" + round;
                List<Future<Boolean>> writers = IntStream.range(0, 16)
                        .mapToObj(i -> threads.submit(() -> created(key, "by " + i)))
                        .toList();
                int winner = -1;
                for (int i = 0; i < writers.size(); i++) {
                    if (writers.get(i).get()) {
                        assertThat(winner).isEqualTo(-1);
                        winner = i;
                    }
                }
                assertThat(get(key)).contains("by " + winner);
            }
        }
    }

    private boolean created(String key, String content) throws IOException {
        try {
            put(key, content, Precondition.ABSENT);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    /** {@link #get} checks that bytes and metadata belong together. */
    @Test
    void readersNeverSeeTheBytesOfOneVersionWithTheMetadataOfAnother() throws Exception {
        put("k", "0000", Precondition.NONE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> writers = IntStream.range(0, 4)
                    .mapToObj(writer -> threads.<Void>submit(() -> {
                        for (int i = 0; i < 150; i++) {
                            put("k", "%d%03d".formatted(writer, i), Precondition.NONE);
                        }
                        return null;
                    }))
                    .toList();
            int reads = 0;
            while (!writers.stream().allMatch(Future::isDone)) {
                assertThat(get("k")).isPresent();
                reads++;
            }
            rethrow(writers);
            assertThat(reads).isPositive();
        }
        assertThat(files(".comfy-bucket/meta")).hasSize(1);
    }

    private static void rethrow(List<Future<Void>> tasks) throws ExecutionException, InterruptedException {
        for (Future<Void> task : tasks) {
            task.get();
        }
    }

    @Test
    void foldersComeAndGoUnderTheHandsOfWriters() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            rethrow(IntStream.range(0, 8)
                    .mapToObj(writer -> threads.<Void>submit(() -> {
                        for (int i = 0; i < 100; i++) {
                            String key = "deep/down/here/" + writer;
                            put(key, "x", Precondition.ABSENT);
                            assertThat(data.objects().delete(BUCKET, key, Precondition.NONE))
                                    .isTrue();
                        }
                        return null;
                    }))
                    .toList());
        }
        assertThat(root.resolve("bucket/deep")).doesNotExist();
        assertThat(root.resolve(BUCKET)).exists();
    }

    @Test
    void aFileThatWasPutThereByHandIsAnObject() throws IOException {
        Path folder = Files.createDirectories(root.resolve("bucket/My v1.5"));
        Files.writeString(folder.resolve("README"), "by hand");
        Files.writeString(folder.resolve("a%.png"), "too");
        assertThat(get("My v1.5/README")).contains("by hand");
        assertThat(get("My v1.5/a%.png")).contains("too");
        ListPage page = data.lister().list(BUCKET, new ListQuery("", "", "", 10));
        assertThat(page.objects()).extracting(ListedObject::key).containsExactly("My v1.5/README", "My v1.5/a%.png");
        try (StoredObject object = data.objects().open(BUCKET, "My v1.5/a%.png").orElseThrow()) {
            assertThat(object.meta().headers()).containsEntry("content-type", "image/png");
            assertThat(object.meta().etag()).isEqualTo(page.objects().get(1).etag());
        }
        assertRefused(Reason.PRECONDITION_FAILED, () -> put("My v1.5/README", "new", Precondition.ABSENT));
        put("My v1.5/README", "new", Precondition.NONE);
        assertThat(get("My v1.5/README")).contains("new");
        assertThat(files(BUCKET)).hasSize(2);
    }

    @Test
    void aFileThatWasChangedByHandLosesTheMetadataOfWhatItWas() throws IOException {
        put("a.txt", "before", Precondition.NONE);
        Files.writeString(root.resolve("bucket/a.txt"), "after!");
        Files.setLastModifiedTime(
                root.resolve("bucket/a.txt"), FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(get("a.txt")).contains("after!");
        try (StoredObject object = data.objects().open(BUCKET, "a.txt").orElseThrow()) {
            assertThat(object.meta().headers()).doesNotContainKey("x-amz-meta-content");
        }
    }

    @Test
    void aFileFromAFileSystemOfTheOtherKindIsFound() throws IOException {
        Files.createDirectories(root.resolve("bucket/Photos%=8"));
        Files.writeString(root.resolve("bucket/Photos%=8/MyPic%=a.png"), "from Windows");
        assertThat(get("Photos/MyPic.png")).contains("from Windows");
        put("Photos/MyPic.png", "rewritten", Precondition.NONE);
        put("Photos/Other.png", "new", Precondition.NONE);
        assertThat(data.lister().list(BUCKET, new ListQuery("", "", "", 10)).objects())
                .extracting(ListedObject::key)
                .containsExactly("Photos/MyPic.png", "Photos/Other.png");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path outside = Files.createDirectory(root.resolve(".outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(root.resolve("bucket/link"), outside);
        Files.createSymbolicLink(root.resolve("bucket/file.txt"), outside.resolve("secret.txt"));
        assertThat(get("file.txt")).isEmpty();
        assertRefused(Reason.IN_THE_WAY, () -> get("link/secret.txt"));
        assertRefused(Reason.IN_THE_WAY, () -> put("link/new.txt", "x", Precondition.NONE));
        assertThat(data.lister().list(BUCKET, new ListQuery("", "", "", 10)).objects())
                .isEmpty();
        assertThat(files(".outside")).hasSize(1);
    }

    @Test
    void whatIsInTheWayIsNamedAndKept() throws IOException {
        Files.writeString(root.resolve("bucket/README"), "a file where a folder is needed");
        assertRefused(Reason.IN_THE_WAY, () -> put("README/x.txt", "x", Precondition.NONE));
        Files.createDirectory(root.resolve("bucket/a.txt"));
        assertRefused(Reason.IN_THE_WAY, () -> put("a.txt", "x", Precondition.NONE));
        assertThat(get("README")).contains("a file where a folder is needed");
        assertThat(files(".comfy-bucket/meta")).isEmpty();
    }

    @Test
    void aDamagedSidecarIsTreatedAsNone() throws IOException {
        put("a.txt", "content", Precondition.NONE);
        for (Path sidecar : files(".comfy-bucket/meta")) {
            Files.writeString(sidecar, "comfy-bucket 1\netag=");
        }
        assertThat(get("a.txt")).contains("content");
    }
}
