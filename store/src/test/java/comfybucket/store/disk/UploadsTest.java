package comfybucket.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.store.disk.RefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads in parts, as they lie on disk. */
class UploadsTest {
    private static final String BUCKET = "bucket";
    private static final String ETAG = "0123456789abcdef0123456789abcdef";
    private static final Optional<ObjectMeta.Checksum> CHECKSUM =
            Optional.of(new ObjectMeta.Checksum("SHA256", "FULL_OBJECT", "+/+/".repeat(10) + "+/8="));

    @TempDir
    private Path root;

    private DataFolder data;
    private Uploads uploads;

    @BeforeEach
    void open() throws IOException {
        data = DataFolder.open(root, false);
        data.buckets().create(BUCKET);
        uploads = data.uploads();
    }

    @AfterEach
    void close() throws IOException {
        data.close();
    }

    private static ObjectMeta meta(String etag) {
        return new ObjectMeta(etag, Map.of("content-type", "a/b"), Map.of("t", "1"), Optional.empty(), List.of());
    }

    private Upload begin(String key) throws IOException {
        return uploads.begin(BUCKET, key, meta(""), Optional.empty());
    }

    private Part put(Upload upload, int number, String content, String etag) throws IOException {
        try (StagedFile staged = uploads.stage()) {
            staged.write(content.getBytes(StandardCharsets.US_ASCII), 0, content.length());
            return uploads.put(upload, number, staged, etag, CHECKSUM);
        }
    }

    private static void assertNoSuchUpload(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_SUCH_UPLOAD));
    }

    private List<Path> filesOf(Upload upload) throws IOException {
        try (Stream<Path> files =
                Files.list(root.resolve(".comfy-bucket/uploads").resolve(upload.id()))) {
            return files.toList();
        }
    }

    @Test
    void everythingIsStillKnownToTheNextProcess() throws IOException {
        Upload begun = begin("k");
        Part part = put(begun, 3, "part", ETAG);
        try (DataFolder next = DataFolder.open(root, false)) {
            Upload found = next.uploads().require(BUCKET, "k", begun.id());
            assertThat(found).isEqualTo(begun);
            assertThat(next.uploads().parts(found)).containsExactly(part);
            assertThat(next.uploads().list(BUCKET)).containsExactly(begun);
        }
    }

    @Test
    void aPartThatIsSentAgainReplacesTheEarlierOne() throws IOException {
        Upload upload = begin("k");
        put(upload, 1, "first", ETAG);
        Part again = put(upload, 1, "second", ETAG.replace('0', '1'));
        assertThat(uploads.parts(upload)).containsExactly(again);
        assertThat(filesOf(upload)).hasSize(2);
    }

    @Test
    void partsBecomeTheObjectInTheOrderThatIsAskedFor() throws IOException {
        Upload upload = begin("k");
        Part two = put(upload, 2, "two", ETAG);
        Part one = put(upload, 1, "one ", ETAG);
        put(upload, 3, "never asked for", ETAG);
        uploads.complete(upload, List.of(one, two), meta("joined-2"), Precondition.ABSENT);
        try (StoredObject object = data.objects().open(BUCKET, "k").orElseThrow()) {
            assertThat(object.size()).isEqualTo(7);
            assertThat(object.meta()).isEqualTo(meta("joined-2"));
        }
        assertThat(root.resolve("bucket/k%o")).hasContent("one two");
        assertThat(uploads.completed(BUCKET, "k", upload.id()).orElseThrow().etag())
                .isEqualTo("joined-2");
        assertThat(uploads.completed(BUCKET, "other", upload.id())).isEmpty();
        assertThat(uploads.list(BUCKET)).isEmpty();
        assertNoSuchUpload(() -> put(upload, 4, "late", ETAG));
        assertThat(filesOf(upload)).hasSize(2);
    }

    @Test
    void whatWasRefusedCanBeTriedAgain() throws IOException {
        Upload upload = begin("k");
        Part part = put(upload, 1, "x", ETAG);
        Files.writeString(root.resolve("bucket/k%o"), "taken");
        assertThatThrownBy(() -> uploads.complete(upload, List.of(part), meta("e"), Precondition.ABSENT))
                .isInstanceOf(RefusedException.class);
        assertThat(uploads.parts(upload)).containsExactly(part);
        uploads.complete(upload, List.of(part), meta("e"), Precondition.NONE);
        assertThat(root.resolve("bucket/k%o")).hasContent("x");
    }

    @Test
    void nothingIsLeftOfAnAbortedOneNorOfOneThatWasDoneLongAgo() throws IOException {
        Upload aborted = begin("a");
        put(aborted, 1, "x", ETAG);
        uploads.abort(aborted);
        assertNoSuchUpload(() -> uploads.require(BUCKET, "a", aborted.id()));
        Upload done = begin("b");
        uploads.complete(done, List.of(put(done, 1, "x", ETAG)), meta("e"), Precondition.NONE);
        uploads.sweep();
        assertThat(uploads.completed(BUCKET, "b", done.id())).isPresent();
        Files.setLastModifiedTime(
                root.resolve(".comfy-bucket/uploads").resolve(done.id()).resolve("done"),
                FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        uploads.sweep();
        try (Stream<Path> left = Files.list(root.resolve(".comfy-bucket/uploads"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void idsThatAreNotOursAreNoPaths() {
        for (String id : List.of("", "..", "../meta", "0".repeat(32), "x".repeat(32), "/etc")) {
            assertNoSuchUpload(() -> uploads.require(BUCKET, "k", id));
        }
    }
}
