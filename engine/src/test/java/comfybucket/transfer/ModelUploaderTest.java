package comfybucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelUploaderTest {
    private static final ObjectKey KEY = new ObjectKey("models/a.safetensors");
    private static final int SIZE = 70 << 20;

    @TempDir
    private Path home;

    private Buckets buckets;
    private Bucket bucket;
    private Path file;
    private final AtomicLong moved = new AtomicLong();

    @BeforeEach
    void open() throws IOException {
        buckets = new Buckets(chosen -> Profile.local(home.resolve("store")));
        bucket = buckets.open(ProfileRef.DEFAULT);
        byte[] content = new byte[SIZE];
        new Random(4).nextBytes(content);
        file = Files.write(home.resolve("a.safetensors"), content);
    }

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void aStoppedUploadIsGoneOnWithAndThenNothingIsSentAgain() {
        Thread here = Thread.currentThread();
        assertThatThrownBy(() -> uploader(IfTaken.FAIL).upload(file, KEY, bytes -> {
                    moved.addAndGet(bytes);
                    here.interrupt();
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        MultipartUpload begun = uploads().iterator().next();
        assertThat(uploads()).hasSize(1);
        AtomicLong first = new AtomicLong(-1);
        assertThat(uploader(IfTaken.FAIL).upload(file, KEY, bytes -> first.compareAndSet(-1, bytes)))
                .isEqualTo(ModelUploader.Outcome.UPLOADED);
        assertThat(first).hasPositiveValue();
        assertThat(uploads()).isEmpty();
        ObjectInfo object = bucket.store().head(KEY);
        assertThat(object.size()).isEqualTo(SIZE);
        assertThat(object.metadata()).containsEntry(PutOptions.SHA256, FileHash.sha256(file));
        assertThat(begun.key()).isEqualTo(KEY);
        moved.set(0);
        assertThat(uploader(IfTaken.FAIL).upload(file, KEY, moved::addAndGet)).isEqualTo(ModelUploader.Outcome.SAME);
        assertThat(moved).hasValue(0);
    }

    @Test
    void itIsToldHowFarAFileIsReadBeforeAnythingIsSentAndCanBeStoppedThen() {
        Thread here = Thread.currentThread();
        AtomicLong hashed = new AtomicLong();
        UploadWatcher watcher = new UploadWatcher() {
            @Override
            public void moved(long bytes) {
                moved.addAndGet(bytes);
            }

            @Override
            public void hashed(long bytes) {
                if (hashed.addAndGet(bytes) > SIZE / 4) {
                    here.interrupt();
                }
            }
        };
        assertThatThrownBy(() -> uploader(IfTaken.FAIL).upload(file, KEY, watcher))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(hashed).hasValueBetween(SIZE / 4L, SIZE / 2L);
        assertThat(moved).hasValue(0);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void anUploadThatTheStoreHasForgottenIsBegunAnew() {
        Thread here = Thread.currentThread();
        assertThatThrownBy(() -> uploader(IfTaken.FAIL).upload(file, KEY, bytes -> here.interrupt()))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        uploads().forEach(upload -> bucket.store().multipart().abort(upload));
        assertThat(uploader(IfTaken.FAIL).upload(file, KEY, moved::addAndGet))
                .isEqualTo(ModelUploader.Outcome.UPLOADED);
        assertThat(moved).hasValue(SIZE);
    }

    @Test
    void somebodyElsesUploadIsLeftAlone() {
        MultipartUpload others = bucket.store().multipart().create(KEY, PutOptions.REPLACE);
        uploader(IfTaken.FAIL).upload(file, KEY, moved::addAndGet);
        assertThat(uploads()).extracting(MultipartUpload::id).containsExactly(others.id());
    }

    @Test
    void otherBytesUnderTheKeyStayUnlessTold() {
        bucket.store().put(KEY, Payload.of("other".getBytes(StandardCharsets.UTF_8)), PutOptions.REPLACE);
        assertThatThrownBy(() -> uploader(IfTaken.FAIL).upload(file, KEY, moved::addAndGet))
                .hasMessageStartingWith("The key is taken");
        assertThat(uploader(IfTaken.SKIP).upload(file, KEY, moved::addAndGet)).isEqualTo(ModelUploader.Outcome.TAKEN);
        assertThat(bucket.store().head(KEY).size()).isEqualTo(5);
        assertThat(uploader(IfTaken.OVERWRITE).upload(file, KEY, moved::addAndGet))
                .isEqualTo(ModelUploader.Outcome.UPLOADED);
    }

    @Test
    void bytesThatOthersUploadedAreKnownByTheStoresChecksum() throws IOException {
        Path small = Files.writeString(home.resolve("small.safetensors"), "the same");
        byte[] same = "the same".getBytes(StandardCharsets.UTF_8);
        bucket.store().put(KEY, Payload.of(same), PutOptions.REPLACE);
        assertThat(uploader(IfTaken.FAIL).upload(small, KEY, moved::addAndGet)).isEqualTo(ModelUploader.Outcome.SAME);
    }

    private ModelUploader uploader(IfTaken ifTaken) {
        return new ModelUploader(bucket, ifTaken, home.resolve("notes"));
    }

    private Iterable<MultipartUpload> uploads() {
        return bucket.store().multipart().open(new KeyPrefix("models/"));
    }
}
