package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.SystemDisk;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.WriteMode;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may come to pass at a store while a model is on its way over HTTP, and what it may say of its length. */
@Timeout(300)
class MeanwhileTest {
    private static final ObjectKey KEY = new ObjectKey("models/a.safetensors");
    private static final int PIECE = 64 << 10;
    private static final int SIZE = 8 << 20;
    private static final int LIE = 1000;

    @TempDir
    private Path home;

    private final AtomicInteger gets = new AtomicInteger();
    private volatile Happening atGet = (number, request, inner) -> inner.handle(request);
    private volatile int lie;
    private LocalStore store;
    private Buckets buckets;
    private Bucket bucket;
    private Path models;

    /** What becomes of a GET of the object. */
    private interface Happening {
        /** @param number of the GET, from 1 */
        Response to(int number, Request request, Handler inner) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        store = LocalStore.open(
                home.resolve("store"), StoreOptions.defaults().withForce(false).withFront(this::front));
        buckets = new Buckets(chosen -> FetchProcess.profile(store.endpoint(), store.accessKey(), store.secretKey()));
        bucket = buckets.open(ProfileRef.DEFAULT);
        models = home.resolve("models");
    }

    private Handler front(Handler next) {
        return request -> {
            if (!request.path().endsWith(".safetensors")) {
                return next.handle(request);
            }
            return switch (request.method()) {
                case "GET" -> atGet.to(gets.incrementAndGet(), request, next);
                case "HEAD" -> lying(next.handle(request));
                default -> next.handle(request);
            };
        };
    }

    private Response lying(Response answer) throws IOException {
        if (lie == 0 || !(answer.body() instanceof Body.FileRange range)) {
            return answer;
        }
        range.file().close();
        return answer.with(Body.NONE).with("Content-Length", Integer.toString(SIZE + lie));
    }

    @AfterEach
    void close() throws IOException {
        buckets.close();
        store.close();
    }

    @Test
    void replacedMeanwhileItIsTheNewVersionAndNothingOfTheOld() throws IOException {
        putInParts(1);
        atGet = (number, request, inner) -> {
            if (number == 5) {
                putInParts(2);
            }
            return inner.handle(request);
        };
        assertThat(fetch().path()).hasBinaryContent(bytes(2));
        assertThat(names())
                .containsExactlyInAnyOrder("a.safetensors", "a.safetensors" + Notebook.NOTES, "a.safetensors.s3etag");
    }

    @Test
    void deletedMeanwhileItIsAnErrorAndLeavesNothing() throws IOException {
        putInParts(1);
        atGet = (number, request, inner) -> {
            if (number == 5) {
                bucket.store().delete(KEY);
            }
            return inner.handle(request);
        };
        assertThat(refused().problem()).isEqualTo(Problem.OBJECT_NOT_FOUND);
        assertThat(names()).isEmpty();
    }

    @Test
    void aStormOf503ThatPassesIsWaitedFor() {
        putInParts(1);
        atGet = (number, request, inner) -> number % 3 > 0 && number < 60 ? slowDown() : inner.handle(request);
        assertThat(fetch().path()).hasBinaryContent(bytes(1));
        assertThat(gets).hasValueGreaterThan(60);
    }

    @Test
    void aStormThatStaysIsToldAndWhatHadComeIsKept() throws IOException {
        putInParts(1);
        atGet = (number, request, inner) -> number > 6 ? slowDown() : inner.handle(request);
        assertThat(refused().problem()).isEqualTo(Problem.STORE_BUSY);
        assertThat(names()).hasSize(2).noneMatch(name -> name.endsWith(".safetensors"));
        gets.set(0);
        AtomicInteger again = new AtomicInteger();
        atGet = (number, request, inner) -> {
            Response answer = inner.handle(request);
            again.addAndGet((int) ((Body.FileRange) answer.body()).length());
            return answer;
        };
        assertThat(fetch().path()).hasBinaryContent(bytes(1));
        assertThat(again).hasPositiveValue().hasValueLessThan(SIZE);
    }

    @Test
    void aHeadThatSaysMoreThanThereIsIsAnErrorAndLeavesNothing() throws IOException {
        putInParts(1);
        lie = LIE;
        assertThat(refused().problem()).isIn(Problem.RANGE_NOT_IN_OBJECT, Problem.OBJECT_CHANGED);
        assertThat(names()).noneMatch(name -> name.endsWith(".safetensors"));
    }

    @Test
    void aHeadThatSaysLessThanThereIsIsAnErrorAndLeavesNothing() throws IOException {
        putInParts(1);
        lie = -LIE;
        assertThat(refused().problem()).isIn(Problem.RANGE_NOT_IN_OBJECT, Problem.OBJECT_CHANGED);
        assertThat(names()).noneMatch(name -> name.endsWith(".safetensors"));
    }

    /** In two parts, so that its checksum is made of theirs. */
    private void putInParts(int seed) {
        byte[] bytes = bytes(seed);
        int half = 5 << 20;
        MultipartUpload upload = bucket.store().multipart().create(KEY, PutOptions.REPLACE);
        List<Part> parts = List.of(
                bucket.store().multipart().upload(upload, 1, Payload.of(Arrays.copyOf(bytes, half))),
                bucket.store().multipart().upload(upload, 2, Payload.of(Arrays.copyOfRange(bytes, half, SIZE))));
        bucket.store().multipart().complete(upload, parts, WriteMode.REPLACE);
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Response slowDown() {
        String xml = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
        return new Response(
                503, Map.of("Content-Type", "application/xml"), new Body.Bytes(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private CloudException refused() {
        CloudException told = catchThrowableOfType(CloudException.class, this::fetch);
        assertThat(told).isNotNull();
        return told;
    }

    private ModelFile fetch() {
        return new ModelCache(new SystemDisk(), PIECE)
                .fetch(bucket, KEY, ModelPlace.of(models), FetchOptions.USUAL, TransferProgress.NONE);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(models)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
