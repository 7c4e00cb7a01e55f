package comfybucket.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link ObjectStore} promises, one promise a test, for every store to be held against. Where a store cannot keep
 * one, its subclass overrides the test and says why.
 */
public abstract class ObjectStoreContract {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    private ObjectStore store;
    private String folder;

    /** A store with its bucket, for one test. */
    protected abstract ObjectStore open();

    /** The same with another bucket's name, of a bucket that does not exist. */
    protected abstract ObjectStore openMissingBucket();

    /** The name of the bucket, as messages have it. */
    protected abstract String bucket();

    @BeforeEach
    final void begin(TestInfo test) {
        store = open();
        folder = test.getTestMethod().orElseThrow().getName() + "-" + System.nanoTime() + "/";
    }

    @AfterEach
    final void end() {
        store.close();
    }

    public final ObjectStore store() {
        return store;
    }

    /** A key that no other test uses. */
    public final ObjectKey key(String name) {
        return new ObjectKey(folder + name);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 1_000_003})
    protected void whatWasPutComesBack(int size) throws IOException {
        byte[] bytes = random(size);
        ETag etag = stored(store.put(key("a"), Payload.of(bytes), PutOptions.REPLACE));
        try (ObjectContent content = store.get(key("a"), GetOptions.WHOLE)) {
            assertThat(content.bytes().readAllBytes()).isEqualTo(bytes);
            assertThat(content.info().size()).isEqualTo(size);
            assertThat(content.info().etag()).isEqualTo(etag);
        }
    }

    @Test
    protected void memoryAndFilesAreStoredAlike(@TempDir Path temp) throws IOException {
        byte[] bytes = random(100_000);
        Path file = Files.write(temp.resolve("file"), bytes);
        MemorySegment segment = MemorySegment.ofArray(bytes).asSlice(10, 50_000);
        store.put(key("segment"), Payload.of(segment), PutOptions.REPLACE);
        store.put(key("file"), Payload.of(file, 10, 50_000), PutOptions.REPLACE);
        byte[] expected = Arrays.copyOfRange(bytes, 10, 50_010);
        assertThat(read("segment")).isEqualTo(expected);
        assertThat(read("file")).isEqualTo(expected);
    }

    @Test
    protected void headSaysWhatIsKnownOfAnObject() {
        Instant before = Instant.now().minusSeconds(5);
        PutOptions options = PutOptions.REPLACE
                .withContentType("image/png")
                .withMetadata(Map.of("made-by", "a test = \"quoted\"; 1%"));
        ETag etag = stored(store.put(key("a.png"), Payload.of(HELLO), options));
        ObjectInfo info = store.head(key("a.png"));
        assertThat(info.key()).isEqualTo(key("a.png"));
        assertThat(info.size()).isEqualTo(5);
        assertThat(info.etag()).isEqualTo(etag);
        assertThat(info.contentType()).contains("image/png");
        assertThat(info.metadata()).containsEntry("made-by", "a test = \"quoted\"; 1%");
        assertThat(info.lastModified()).isBetween(before, Instant.now().plusSeconds(5));
    }

    @Test
    protected void getSaysTheSameAsHead() {
        store.put(key("a"), Payload.of(HELLO), PutOptions.REPLACE.withContentType("text/plain"));
        try (ObjectContent content = store.get(key("a"), GetOptions.WHOLE.withRange(new ByteRange(1, 2)))) {
            ObjectInfo head = store.head(key("a"));
            assertThat(content.info().summary()).isEqualTo(head.summary());
            assertThat(content.info().contentType()).isEqualTo(head.contentType());
            assertThat(content.info().metadata()).isEqualTo(head.metadata());
        }
    }

    @Test
    protected void aMissingObjectIsNamed() {
        String named = "Object not found: s3://" + bucket() + "/" + key("no such");
        assertProblem(Problem.OBJECT_NOT_FOUND, () -> store.head(key("no such")))
                .hasMessageStartingWith(named);
        assertProblem(Problem.OBJECT_NOT_FOUND, () -> store.get(key("no such"), GetOptions.WHOLE))
                .hasMessageStartingWith(named);
    }

    @Test
    protected void aMissingBucketIsNamed() {
        try (ObjectStore missing = openMissingBucket()) {
            assertBucketMissing(missing::checkBucket);
            assertBucketMissing(() -> missing.head(key("a")));
            assertBucketMissing(() -> missing.get(key("a"), GetOptions.WHOLE));
            assertBucketMissing(() -> missing.put(key("a"), Payload.of(HELLO), PutOptions.REPLACE));
            assertBucketMissing(() ->
                    missing.list(ListRequest.all(KeyPrefix.NONE)).iterator().next());
        }
    }

    private static void assertBucketMissing(ThrowingCallable call) {
        assertProblem(Problem.BUCKET_NOT_FOUND, call).hasMessageStartingWith("Bucket not found: ");
    }

    @Test
    protected void theBucketOfTheProfileIsThere() {
        store.checkBucket();
    }

    @Test
    protected void aRangeGivesItsBytes() throws IOException {
        byte[] bytes = random(10_000);
        store.put(key("a"), Payload.of(bytes), PutOptions.REPLACE);
        assertThat(read("a", new ByteRange(0, 1))).isEqualTo(Arrays.copyOfRange(bytes, 0, 1));
        assertThat(read("a", new ByteRange(123, 4567))).isEqualTo(Arrays.copyOfRange(bytes, 123, 4690));
        assertThat(read("a", new ByteRange(9_999, 1))).isEqualTo(Arrays.copyOfRange(bytes, 9_999, 10_000));
    }

    @Test
    protected void aRangeBeyondTheEndGivesWhatThereIs() throws IOException {
        byte[] bytes = random(100);
        store.put(key("a"), Payload.of(bytes), PutOptions.REPLACE);
        assertThat(read("a", new ByteRange(90, 1000))).isEqualTo(Arrays.copyOfRange(bytes, 90, 100));
        assertProblem(Problem.RANGE_NOT_IN_OBJECT, () -> read("a", new ByteRange(100, 1)));
    }

    @Test
    protected void onlyTheWantedVersionIsRead() throws IOException {
        ETag old = stored(store.put(key("a"), Payload.of(HELLO), PutOptions.REPLACE));
        try (ObjectContent content = store.get(key("a"), GetOptions.WHOLE.withIfMatch(old))) {
            assertThat(content.bytes().readAllBytes()).isEqualTo(HELLO);
        }
        store.put(key("a"), Payload.of(random(5)), PutOptions.REPLACE);
        assertProblem(Problem.OBJECT_CHANGED, () -> store.get(key("a"), GetOptions.WHOLE.withIfMatch(old)));
    }

    @Test
    protected void replacingGivesAnotherVersion() throws IOException {
        ETag first = stored(store.put(key("a"), Payload.of(HELLO), PutOptions.REPLACE));
        byte[] other = random(5);
        ETag second = stored(store.put(key("a"), Payload.of(other), PutOptions.REPLACE));
        assertThat(second).isNotEqualTo(first);
        assertThat(read("a")).isEqualTo(other);
    }

    @Test
    protected void createOnlyLeavesWhatIsThere() throws IOException {
        assertThat(store.capabilities().createOnly()).isTrue();
        stored(store.put(key("a"), Payload.of(HELLO), PutOptions.CREATE_ONLY));
        PutResult second = store.put(key("a"), Payload.of(random(9)), PutOptions.CREATE_ONLY);
        assertThat(second).isEqualTo(new PutResult.Exists());
        assertThat(read("a")).isEqualTo(HELLO);
    }

    @Test
    protected void ofManyWritersThatCreateOneWins() throws Exception {
        List<PutResult> results = atOnce(
                16, number -> store.put(key("contended"), Payload.of(random(1000 + number)), PutOptions.CREATE_ONLY));
        assertThat(results).filteredOn(PutResult.Stored.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(PutResult.Exists.class::isInstance).hasSize(15);
    }

    @Test
    protected void closingEarlyDoesNotReadTheRest() throws IOException {
        store.put(key("large"), Payload.of(new byte[32 << 20]), PutOptions.REPLACE);
        ObjectContent content = store.get(key("large"), GetOptions.WHOLE);
        assertThat(content.bytes().read()).isZero();
        Instant start = Instant.now();
        content.close();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(500));
        assertThat(store.head(key("large")).size()).isEqualTo(32 << 20);
    }

    @Test
    protected void aDeletedObjectIsGone() {
        store.put(key("a"), Payload.of(HELLO), PutOptions.REPLACE);
        store.delete(key("a"));
        assertProblem(Problem.OBJECT_NOT_FOUND, () -> store.head(key("a")));
        store.delete(key("a"));
    }

    @Test
    protected void aCopyHasEverything() throws IOException {
        PutOptions options = PutOptions.REPLACE.withContentType("image/webp").withMetadata(Map.of("a", "b"));
        store.put(key("from + ü %"), Payload.of(HELLO), options);
        ETag etag = store.copy(key("from + ü %"), key("to"));
        ObjectInfo copy = store.head(key("to"));
        assertThat(copy.etag()).isEqualTo(etag);
        assertThat(copy.contentType()).contains("image/webp");
        assertThat(copy.metadata()).containsEntry("a", "b");
        assertThat(read("to")).isEqualTo(HELLO);
        assertProblem(Problem.OBJECT_NOT_FOUND, () -> store.copy(key("no such"), key("x")));
    }

    @Test
    protected void aPresignedLinkOpensWithoutCredentials() throws IOException {
        PutOptions options = PutOptions.REPLACE.withContentType("image/png").withCacheControl("max-age=60");
        store.put(key("a b+ü&?.png"), Payload.of(HELLO), options);
        URI link = store.presignGet(
                key("a b+ü&?.png"), PresignOptions.validFor(Duration.ofHours(1)).withDownloadName("bild \"ü\".png"));
        HttpURLConnection answer = (HttpURLConnection) link.toURL().openConnection();
        try (InputStream bytes = answer.getInputStream()) {
            assertThat(bytes.readAllBytes()).isEqualTo(HELLO);
        }
        assertThat(answer.getContentType()).isEqualTo("image/png");
        assertThat(answer.getHeaderField("Cache-Control")).isEqualTo("max-age=60");
        assertThat(answer.getHeaderField("Content-Disposition"))
                .startsWith("attachment; filename=\"")
                .endsWith("filename*=UTF-8''bild%20%22%C3%BC%22.png");
    }

    @Test
    protected void aPresignedLinkThatWasChangedIsRefused() throws IOException {
        store.put(key("a"), Payload.of(HELLO), PutOptions.REPLACE);
        store.put(key("b"), Payload.of(HELLO), PutOptions.REPLACE);
        URI link = store.presignGet(key("a"), PresignOptions.validFor(Duration.ofHours(1)));
        URI other = URI.create(link.toString().replace(key("a").value() + "?", key("b").value() + "?"));
        assertThat(status(link)).isEqualTo(200);
        assertThat(status(other)).isEqualTo(403);
    }

    private static int status(URI link) throws IOException {
        return ((HttpURLConnection) link.toURL().openConnection()).getResponseCode();
    }

    @Test
    protected void everyKeyIsListedOnce() throws Exception {
        List<ObjectKey> keys = awkwardKeys();
        atOnce(keys.size(), number -> store.put(keys.get(number), Payload.of(random(number % 3)), PutOptions.REPLACE));
        List<ObjectKey> expected = List.copyOf(new TreeSet<>(keys));
        assertThat(listed(ListRequest.all(new KeyPrefix(folder)))).containsExactlyInAnyOrderElementsOf(expected);
        for (int size : new int[] {1, 7, expected.size() - 1, expected.size()}) {
            assertThat(listed(ListRequest.all(new KeyPrefix(folder)).withPageSize(size)))
                    .as("%d a page", size)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    protected void aListedObjectLoadsAsItIs() throws Exception {
        List<ObjectKey> keys = awkwardKeys();
        atOnce(
                keys.size(),
                number -> store.put(
                        keys.get(number),
                        Payload.of(keys.get(number).value().getBytes(StandardCharsets.UTF_8)),
                        PutOptions.REPLACE));
        for (ListPage page : store.list(ListRequest.all(new KeyPrefix(folder)))) {
            for (ObjectSummary object : page.objects()) {
                try (ObjectContent content = store.get(object.key(), GetOptions.WHOLE)) {
                    assertThat(content.bytes().readAllBytes())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo(object.key().value());
                    assertThat(content.info().etag()).isEqualTo(object.etag());
                    assertThat(content.info().size()).isEqualTo(object.size());
                }
            }
        }
    }

    /** Names that have broken clients and stores, below this test's folder. */
    protected List<ObjectKey> awkwardKeys() {
        return names().stream().map(this::key).toList();
    }

    protected List<String> names() {
        return List.of(
                "plain.png",
                "with space",
                "plus+sign",
                "percent%41%",
                "a=b&c;d?e#f",
                "quote'\"<>\\^`{|}~",
                "ünïcödé-日本語-😀",
                "e\u0301 and \u00e9",
                "Upper",
                "upper",
                "dot.",
                "sub/one",
                "sub/two",
                "sub-dash",
                "sub0",
                "a,b:c@d!e$f(g)*h[i]",
                "x".repeat(200));
    }

    @Test
    protected void keysAreListedInTheOrderOfTheirBytes() {
        for (String name : List.of("b", "a/b", "a-b", "a0", "B", "é", "\uffee", "😀")) {
            store.put(key(name), Payload.of(HELLO), PutOptions.REPLACE);
        }
        assertThat(listed(ListRequest.all(new KeyPrefix(folder)).withPageSize(3)))
                .isSorted();
    }

    @Test
    protected void aFolderShowsItsOwnOnly() {
        for (String name : List.of("one", "sub/two", "sub/three", "sub/deep/four", "sub2/five")) {
            store.put(key(name), Payload.of(HELLO), PutOptions.REPLACE);
        }
        List<String> objects = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (ListPage page :
                store.list(ListRequest.folder(new KeyPrefix(folder)).withPageSize(1))) {
            page.objects().forEach(object -> objects.add(object.key().value()));
            page.folders().forEach(prefix -> folders.add(prefix.value()));
        }
        assertThat(objects).containsExactly(folder + "one");
        assertThat(folders).containsExactly(folder + "sub/", folder + "sub2/");
    }

    @Test
    protected void aPrefixIsNoFolder() {
        for (String name : List.of("ab", "abc", "abd/c", "b")) {
            store.put(key(name), Payload.of(HELLO), PutOptions.REPLACE);
        }
        assertThat(listed(ListRequest.all(new KeyPrefix(folder + "ab"))))
                .containsExactlyInAnyOrder(key("ab"), key("abc"), key("abd/c"));
        assertThat(listed(ListRequest.all(new KeyPrefix(folder + "nothing")))).isEmpty();
    }

    @Test
    protected void aListingGoesOnAfterAnyName() {
        for (String name : List.of("a", "b", "c", "d")) {
            store.put(key(name), Payload.of(HELLO), PutOptions.REPLACE);
        }
        ListRequest all = ListRequest.all(new KeyPrefix(folder));
        assertThat(listed(all.withStartAfter(key("b").value()))).containsExactly(key("c"), key("d"));
        assertThat(listed(all.withStartAfter(key("bb").value()).withPageSize(1)))
                .containsExactly(key("c"), key("d"));
    }

    @Test
    protected void anObjectMayBeNamedLikeAFolder() throws IOException {
        store.put(key("a"), Payload.of(HELLO), PutOptions.REPLACE);
        store.put(key("a/b"), Payload.of(random(3)), PutOptions.REPLACE);
        assertThat(read("a")).isEqualTo(HELLO);
        assertThat(listed(ListRequest.all(new KeyPrefix(folder)))).containsExactlyInAnyOrder(key("a"), key("a/b"));
    }

    @Test
    protected void aSlashAtTheEndIsAnObjectToo() throws IOException {
        store.put(key("folder/"), Payload.of(new byte[0]), PutOptions.REPLACE);
        assertThat(read("folder/")).isEmpty();
        assertThat(listed(ListRequest.all(new KeyPrefix(folder)))).containsExactly(key("folder/"));
    }

    @Test
    protected void dotsAndDoubleSlashesAreOrdinary() throws IOException {
        List<String> names = List.of("a/../b", "a/./c", "d//e", "../f", ".", "..");
        for (String name : names) {
            store.put(key(name), Payload.of(name.getBytes(StandardCharsets.UTF_8)), PutOptions.REPLACE);
        }
        for (String name : names) {
            assertThat(read(name)).asString(StandardCharsets.UTF_8).isEqualTo(name);
        }
        assertThat(listed(ListRequest.all(new KeyPrefix(folder))))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(this::key).toList());
    }

    @Test
    protected void aNameMayHave1024Bytes() throws IOException {
        // In pieces, since a file system may allow 255 bytes a name only.
        String pieces = (folder + "ü/" + ("x".repeat(99) + "/").repeat(10)).substring(0, 1000);
        String name = pieces + "y".repeat(1024 - pieces.getBytes(StandardCharsets.UTF_8).length);
        store.put(new ObjectKey(name), Payload.of(HELLO), PutOptions.REPLACE);
        assertThat(store.head(new ObjectKey(name)).size()).isEqualTo(5);
    }

    @Test
    protected void tagsAreTaken() {
        assertThat(store.capabilities().tags()).isTrue();
        PutOptions options = PutOptions.REPLACE.withTags(Map.of("made by", "a test + 1"));
        stored(store.put(key("a"), Payload.of(HELLO), options));
    }

    // Uploads in parts.

    private static final int PART = 5 << 20;

    @Test
    protected void partsBecomeAnObject() throws IOException {
        MultipartUploads uploads = store.multipart();
        byte[] bytes = random(PART + 1234);
        PutOptions options = PutOptions.REPLACE.withContentType("model/x").withMetadata(Map.of("a", "b"));
        MultipartUpload upload = uploads.create(key("parts"), options);
        Part last = uploads.upload(
                upload, 2, Payload.of(MemorySegment.ofArray(bytes).asSlice(PART)));
        uploads.upload(upload, 1, Payload.of(random(PART)));
        Part first = uploads.upload(
                upload, 1, Payload.of(MemorySegment.ofArray(bytes).asSlice(0, PART)));
        assertThat(uploads.parts(upload)).containsExactly(first, last);
        assertProblem(Problem.OBJECT_NOT_FOUND, () -> store.head(key("parts")));
        ETag etag = stored(uploads.complete(upload, List.of(first, last), WriteMode.REPLACE));
        ObjectInfo info = store.head(key("parts"));
        assertThat(info.etag()).isEqualTo(etag);
        assertThat(info.size()).isEqualTo(bytes.length);
        assertThat(info.contentType()).contains("model/x");
        assertThat(info.metadata()).containsEntry("a", "b");
        assertThat(read("parts")).isEqualTo(bytes);
    }

    @Test
    protected void openUploadsAreListedUntilTheyAreAborted() {
        MultipartUploads uploads = store.multipart();
        MultipartUpload one = uploads.create(key("one"), PutOptions.REPLACE);
        MultipartUpload two = uploads.create(key("two"), PutOptions.REPLACE);
        assertThat(uploads.open(new KeyPrefix(folder)))
                .extracting(MultipartUpload::id)
                .containsExactlyInAnyOrder(one.id(), two.id());
        Part part = uploads.upload(one, 1, Payload.of(HELLO));
        uploads.abort(one);
        assertThat(uploads.open(new KeyPrefix(folder)))
                .extracting(MultipartUpload::key)
                .containsExactly(key("two"));
        uploads.abort(two);
        uploads.abort(two);
        assertProblem(Problem.UPLOAD_GONE, () -> uploads.complete(one, List.of(part), WriteMode.REPLACE));
    }

    @Test
    protected void completingDoesNotReplaceEither() throws IOException {
        MultipartUploads uploads = store.multipart();
        MultipartUpload upload = uploads.create(key("a"), PutOptions.REPLACE);
        Part part = uploads.upload(upload, 1, Payload.of(random(100)));
        store.put(key("a"), Payload.of(HELLO), PutOptions.REPLACE);
        assertThat(uploads.complete(upload, List.of(part), WriteMode.CREATE_ONLY))
                .isEqualTo(new PutResult.Exists());
        assertThat(read("a")).isEqualTo(HELLO);
        uploads.abort(upload);
    }

    @Test
    protected void completingTwiceIsDoneOnce() {
        MultipartUploads uploads = store.multipart();
        MultipartUpload upload = uploads.create(key("a"), PutOptions.REPLACE);
        Part part = uploads.upload(upload, 1, Payload.of(HELLO));
        ETag etag = stored(uploads.complete(upload, List.of(part), WriteMode.CREATE_ONLY));
        assertThat(uploads.complete(upload, List.of(part), WriteMode.CREATE_ONLY))
                .isEqualTo(new PutResult.Stored(etag));
    }

    protected static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size * 31L + 7).nextBytes(bytes);
        return bytes;
    }

    protected static ETag stored(PutResult result) {
        assertThat(result).isInstanceOf(PutResult.Stored.class);
        return ((PutResult.Stored) result).etag();
    }

    protected final byte[] read(String name) throws IOException {
        try (ObjectContent content = store.get(key(name), GetOptions.WHOLE)) {
            return content.bytes().readAllBytes();
        }
    }

    private byte[] read(String name, ByteRange range) throws IOException {
        try (ObjectContent content = store.get(key(name), GetOptions.WHOLE.withRange(range))) {
            return content.bytes().readAllBytes();
        }
    }

    protected final List<ObjectKey> listed(ListRequest request) {
        List<ObjectKey> keys = new ArrayList<>();
        for (ListPage page : store.list(request)) {
            assertThat(page.objects().size() + page.folders().size()).isLessThanOrEqualTo(request.pageSize());
            page.objects().forEach(object -> keys.add(object.key()));
        }
        return keys;
    }

    public static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertProblem(
            Problem problem, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    /** Something that is done for each number. */
    protected interface Numbered<T> {
        T run(int number) throws Exception;
    }

    /** Runs it for all numbers below {@code count} at once and gives the results in their order. */
    protected static <T> List<T> atOnce(int count, Numbered<T> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                tasks.add(() -> task.run(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
