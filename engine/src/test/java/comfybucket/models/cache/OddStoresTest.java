package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.checksum.Digests;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.ForgetfulDisk;
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
import comfybucket.store.faults.Seed;
import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from stores that damage, refuse or cut off what they send: the right bytes arrive, or none. */
@Timeout(300)
class OddStoresTest {
    private static final Path FOLDER = Path.of("/models").toAbsolutePath();
    private static final Path FILE = FOLDER.resolve("a.safetensors");
    private static final ObjectKey KEY = new ObjectKey("models/a.safetensors");
    private static final int PIECE = 1000;

    @TempDir
    private Path home;

    private volatile Answers answers = (request, store) -> store.handle(request);
    private volatile UnaryOperator<Response> every = UnaryOperator.identity();
    private LocalStore store;
    private Buckets buckets;
    private Bucket bucket;
    private ForgetfulDisk disk = new ForgetfulDisk();

    /** What becomes of each GET of the object. */
    private interface Answers {
        Response to(Request request, Handler store) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        store = LocalStore.open(
                home.resolve("store"), StoreOptions.defaults().withForce(false).withFront(this::front));
        buckets = new Buckets(chosen -> FetchProcess.profile(store.endpoint(), store.accessKey(), store.secretKey()));
        bucket = buckets.open(ProfileRef.DEFAULT);
    }

    private Handler front(Handler next) {
        Handler answering =
                request -> request.method().equals("PUT") ? next.handle(request) : every.apply(next.handle(request));
        return request ->
                request.path().endsWith(".safetensors") && request.method().equals("GET")
                        ? answers.to(request, answering)
                        : answering.handle(request);
    }

    @AfterEach
    void close() throws IOException {
        buckets.close();
        store.close();
    }

    @Test
    void noFlippedBitIsAccepted() throws Exception {
        Seed.play(seed -> {
            int flips = Assurance.cases(1_000, 10_000);
            int refused = 0;
            for (int i = 0; i < flips; i++) {
                Random random = Seed.random(seed, i);
                disk = new ForgetfulDisk();
                byte[] bytes = new byte[1 + random.nextInt(6 * PIECE)];
                random.nextBytes(bytes);
                store(bytes, i % 2 == 0);
                boolean always = i % 10 == 0;
                int which = random.nextInt(Math.ceilDiv(bytes.length, 8 * PIECE));
                AtomicInteger gets = new AtomicInteger();
                answers = (request, inner) -> {
                    Response answer = inner.handle(request);
                    int number = gets.getAndIncrement();
                    return number == which || (always && number > which) ? flipped(answer, random) : answer;
                };
                try {
                    fetch();
                    assertThat(disk.content(FILE))
                            .hasValueSatisfying(there -> assertThat(there).isEqualTo(bytes));
                } catch (CloudException told) {
                    assertThat(told.problem()).isEqualTo(Problem.CHECKSUM_MISMATCH);
                    assertThat(disk.all()).isEmpty();
                    refused++;
                }
                assertThat(gets.get()).isGreaterThan(which);
            }
            assertThat(refused).isEqualTo(flips / 10);
            Assurance.shown(
                    Promise.NO_FLIPPED_BYTE,
                    "one bit of a model's download, of one request and of ranges, once and always",
                    "%,d downloads, 0 accepted, %,d told as damaged, the others fetched again (seed %d)"
                            .formatted(flips, refused, seed));
        });
    }

    @Test
    void aStoreThatKnowsNoRangesSendsAllAtOnce() {
        byte[] bytes = store(20 * PIECE);
        answers = (request, inner) -> whole(inner.handle(request));
        fetch();
        assertThat(disk.content(FILE))
                .hasValueSatisfying(there -> assertThat(there).isEqualTo(bytes));
    }

    @Test
    void anAnswerThatEndsTooEarlyIsGoneOnWith() {
        byte[] bytes = store(20 * PIECE);
        AtomicInteger gets = new AtomicInteger();
        answers = (request, inner) -> {
            Response answer = inner.handle(request);
            return gets.getAndIncrement() < 3 ? cut(answer) : answer;
        };
        fetch();
        assertThat(disk.content(FILE))
                .hasValueSatisfying(there -> assertThat(there).isEqualTo(bytes));
    }

    @Test
    void aLengthThatTheObjectHasNotIsAnErrorAndLeavesNothing() {
        byte[] bytes = store(3 * PIECE);
        answers = (request, inner) -> {
            Response answer = inner.handle(request);
            return answer.with(new Body.Bytes(Arrays.copyOf(bytes, 10)));
        };
        CloudException told = catchThrowableOfType(CloudException.class, this::fetch);
        assertThat(told).isNotNull();
        assertThat(told.problem())
                .isIn(Problem.STORE_REPLY_UNUSABLE, Problem.CHECKSUM_MISMATCH, Problem.ENDPOINT_UNREACHABLE);
        assertThat(disk.content(FILE)).isEmpty();
    }

    @Test
    void aStoreThatBearsFewRequestsAtOnceGetsFew() {
        int bearable = 4;
        byte[] bytes = store(8_000 * PIECE);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        answers = (request, inner) -> {
            try {
                if (running.incrementAndGet() > bearable) {
                    refused.incrementAndGet();
                    return slowDown();
                }
                served.incrementAndGet();
                pause(10);
                return inner.handle(request);
            } finally {
                running.decrementAndGet();
            }
        };
        fetch();
        assertThat(disk.content(FILE))
                .hasValueSatisfying(there -> assertThat(there).isEqualTo(bytes));
        assertThat(refused.get()).isBetween(1, served.get() / 4);
    }

    @Test
    void anObjectWithoutAnETagIsOneVersionAllTheSame() {
        store(PIECE);
        Map<Integer, String> times = Map.of(0, "Wed, 01 Jan 2025 00:00:00 GMT", 1, "Wed, 01 Jan 2025 00:00:01 GMT");
        AtomicInteger version = new AtomicInteger();
        // Nothing that a store knows of a file by hand tells of its bytes.
        every = answer -> without("x-amz-.*|ETag", answer).with("Last-Modified", times.get(version.get()));
        fetch();
        assertThat(fetch().outcome()).isEqualTo(Outcome.CACHED);

        disk = new ForgetfulDisk();
        byte[] fresh = new byte[PIECE];
        answers = (request, inner) -> {
            Response answer = inner.handle(request);
            if (version.getAndSet(1) == 0) {
                store(fresh, false);
                byte[] half = bytes(answer.body());
                half[PIECE - 1] = fresh[PIECE - 1];
                return answer.with(new Body.Bytes(half));
            }
            return answer;
        };
        fetch();
        assertThat(disk.content(FILE))
                .hasValueSatisfying(there -> assertThat(there).isEqualTo(fresh));
    }

    @Test
    void anObjectWithoutBytesIsAFileWithoutBytes() {
        store(0);
        fetch();
        assertThat(disk.content(FILE))
                .hasValueSatisfying(there -> assertThat(there).isEmpty());
    }

    @Test
    void aFolderThatCannotBeIsNamed() {
        store(PIECE);
        ModelPlace nowhere = ModelPlace.of(Path.of("/proc/comfy-bucket/models"));
        assertThatThrownBy(() -> new ModelCache(new SystemDisk(), PIECE)
                        .fetch(bucket, KEY, nowhere, FetchOptions.USUAL, TransferProgress.NONE))
                .hasMessageContaining("/proc/comfy-bucket/models");
    }

    private byte[] store(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        store(bytes, false);
        return bytes;
    }

    private void store(byte[] bytes, boolean inParts) {
        PutOptions hashed = PutOptions.REPLACE.withMetadata(Map.of(
                PutOptions.SHA256, HexFormat.of().formatHex(Digests.sha256().digest(bytes))));
        if (!inParts) {
            bucket.store().put(KEY, Payload.of(bytes), hashed);
            return;
        }
        MultipartUpload upload = bucket.store().multipart().create(KEY, hashed);
        Part part = bucket.store().multipart().upload(upload, 1, Payload.of(bytes));
        bucket.store().multipart().complete(upload, List.of(part), WriteMode.REPLACE);
    }

    private ModelFile fetch() {
        return new ModelCache(disk, PIECE)
                .fetch(bucket, KEY, ModelPlace.of(FOLDER), FetchOptions.USUAL, TransferProgress.NONE);
    }

    private static Response whole(Response answer) throws IOException {
        Response whole = without("Content-Range", answer);
        FileChannel file = ((Body.FileRange) answer.body()).file();
        return new Response(200, whole.headers(), new Body.FileRange(file, 0, file.size()));
    }

    /** @param names of headers, as a pattern */
    private static Response without(String names, Response answer) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.keySet().removeIf(name -> name.matches("(?i)" + names));
        return new Response(answer.status(), headers, answer.body());
    }

    private static Response flipped(Response answer, Random random) throws IOException {
        byte[] bytes = bytes(answer.body());
        int bit = random.nextInt(8 * bytes.length);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return answer.with(new Body.Bytes(bytes));
    }

    /** Chunked, so that it ends as if it were complete. */
    private static Response cut(Response answer) throws IOException {
        byte[] bytes = bytes(answer.body());
        return answer.with(new Body.Stream(out -> out.write(bytes, 0, bytes.length / 2)));
    }

    static byte[] bytes(Body body) throws IOException {
        if (!(body instanceof Body.FileRange(FileChannel file, long position, long length))) {
            return ((Body.Bytes) body).bytes().clone();
        }
        try (file) {
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {}
            return bytes.array();
        }
    }

    private static Response slowDown() {
        String xml = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
        return new Response(
                503, Map.of("Content-Type", "application/xml"), new Body.Bytes(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
