package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.ForgetfulDisk;
import comfybucket.profile.ProfileRef;
import comfybucket.provider.Provider;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.KeySpace;
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
import comfybucket.store.http.Response;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of which nothing was noted but an ETag: what is damaged is refused where the ETag is the MD5, and only there. */
class Md5ETagTest {
    private static final Path FOLDER = Path.of("/models").toAbsolutePath();
    private static final ObjectKey KEY = new ObjectKey("models/a.safetensors");
    private static final byte[] BYTES = bytes();
    private static final String MINIO = "MinIO";

    @TempDir
    private Path home;

    private ForgetfulDisk disk = new ForgetfulDisk();
    private final AtomicInteger damaged = new AtomicInteger();
    private volatile Map<String, String> more = Map.of();
    private LocalStore store;

    @BeforeEach
    void open() throws IOException {
        open(StoreOptions.DEFAULT_BUCKET);
    }

    private void open(String bucket) throws IOException {
        store = LocalStore.open(
                home.resolve(bucket),
                StoreOptions.defaults().withBucket(bucket).withForce(false).withFront(this::front));
    }

    private void reopen(String bucket) throws IOException {
        store.close();
        open(bucket);
        disk = new ForgetfulDisk();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aDamagedAnswerIsFetchedAgain() {
        damaged.set(1);
        assertThat(fetched(MINIO, false)).isEqualTo(BYTES);
    }

    @Test
    void whatIsAlwaysDamagedIsRefused() {
        damaged.set(Integer.MAX_VALUE);
        CloudException told = catchThrowableOfType(CloudException.class, () -> fetched(MINIO, false));
        assertThat(told.problem()).isEqualTo(Problem.CHECKSUM_MISMATCH);
        assertThat(disk.all()).isEmpty();
    }

    @Test
    void aStoreThatMayMakeItsETagsOtherwiseIsNotJudgedByThem() {
        damaged.set(1);
        assertThat(fetched("Custom", false)).isNotEqualTo(BYTES);
    }

    @Test
    void aDirectoryBucketIsNot() throws IOException {
        reopen("models--use1-az4--x-s3");
        damaged.set(1);
        assertThat(fetched("AWS S3", false)).isNotEqualTo(BYTES);
        reopen("models-s3");
        damaged.set(1);
        assertThat(fetched("AWS S3", false)).isEqualTo(BYTES);
    }

    @Test
    void anObjectThatCameInPartsIsNot() {
        damaged.set(1);
        assertThat(fetched(MINIO, true)).isNotEqualTo(BYTES);
    }

    @Test
    void anObjectThatIsEncryptedWithAKeyIsNot() {
        damaged.set(1);
        more = Map.of("x-amz-server-side-encryption", "aws:kms");
        assertThat(fetched(MINIO, false)).isNotEqualTo(BYTES);
    }

    @Test
    void anObjectThatIsEncryptedWithTheUsersKeyIsNot() {
        damaged.set(1);
        more = Map.of("x-amz-server-side-encryption-customer-algorithm", "AES256");
        assertThat(fetched(MINIO, false)).isNotEqualTo(BYTES);
    }

    @Test
    void anObjectThatTheStoreEncryptsForItselfIs() {
        damaged.set(1);
        more = Map.of("x-amz-server-side-encryption", "AES256");
        assertThat(fetched(MINIO, false)).isEqualTo(BYTES);
    }

    private byte[] fetched(String provider, boolean inParts) {
        try (Buckets buckets = new Buckets(chosen -> FetchProcess.profile(
                Provider.named(provider),
                new KeySpace(store.bucket(), KeyPrefix.NONE),
                store.endpoint(),
                store.accessKey(),
                store.secretKey()))) {
            Bucket bucket = buckets.open(ProfileRef.DEFAULT);
            put(bucket, inParts);
            ModelFile model = new ModelCache(disk, BYTES.length)
                    .fetch(bucket, KEY, ModelPlace.of(FOLDER), FetchOptions.USUAL, TransferProgress.NONE);
            assertThat(damaged.get()).isNotEqualTo(1);
            return disk.content(model.path()).orElseThrow();
        }
    }

    private static void put(Bucket bucket, boolean inParts) {
        if (!inParts) {
            bucket.store().put(KEY, Payload.of(BYTES), PutOptions.REPLACE);
            return;
        }
        MultipartUpload upload = bucket.store().multipart().create(KEY, PutOptions.REPLACE);
        Part part = bucket.store().multipart().upload(upload, 1, Payload.of(BYTES));
        bucket.store().multipart().complete(upload, List.of(part), WriteMode.REPLACE);
    }

    /** Keeps all that was noted but the ETag to itself, and damages answers. */
    private Handler front(Handler next) {
        return request -> {
            Response answer = next.handle(request);
            Map<String, String> headers = new HashMap<>(answer.headers());
            headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).matches("x-amz-(checksum|meta)-.*"));
            headers.putAll(more);
            Response bare = new Response(answer.status(), headers, answer.body());
            boolean brings = request.method().equals("GET") && request.path().endsWith(KEY.value());
            return brings && damaged.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                    ? bare.with(new Body.Bytes(flipped(answer.body())))
                    : bare;
        };
    }

    private static byte[] flipped(Body body) throws IOException {
        byte[] bytes = OddStoresTest.bytes(body);
        bytes[7] ^= 4;
        return bytes;
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[3000];
        Arrays.fill(bytes, (byte) 3);
        return bytes;
    }
}
