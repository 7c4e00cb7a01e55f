package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.ForgetfulDisk;
import comfybucket.profile.Profile;
import comfybucket.storage.MemoryStore;
import comfybucket.storage.ObjectKey;
import comfybucket.store.faults.Seed;
import comfybucket.transfer.TransferProgress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is asked of the store, and what becomes of an object that others replace or take away meanwhile. */
class OneVersionTest {
    private static final ObjectKey KEY = new ObjectKey("models/a.safetensors");
    private static final Path FOLDER = Path.of("/models").toAbsolutePath();
    private static final int PIECE = 1000;
    private static final int SIZE = 20_000;

    private final MemoryStore store = new MemoryStore();
    private final Bucket bucket = new Bucket(Profile.local(Path.of("/store")), store, store);
    private ForgetfulDisk disk = new ForgetfulDisk();

    @Test
    void replacedBetweenPartsItIsOneVersionOrAnError() throws Exception {
        Seed.play(seed -> {
            int rounds = Assurance.cases(500, 5_000);
            int errors = 0;
            for (int round = 0; round < rounds; round++) {
                Random random = Seed.random(seed, round);
                disk = new ForgetfulDisk();
                put(1);
                AtomicInteger gets = new AtomicInteger();
                AtomicInteger version = new AtomicInteger(1);
                int every = 1 + random.nextInt(25);
                int replacements = 1 + random.nextInt(4);
                store.beforeGet(() -> {
                    if (gets.incrementAndGet() % every == 0 && version.get() <= replacements) {
                        put(version.incrementAndGet());
                    }
                });
                try {
                    ModelFile model = fetch(FetchOptions.USUAL);
                    byte[] bytes = disk.content(model.path()).orElseThrow();
                    assertThat(bytes).hasSize(SIZE).containsOnly(bytes[0]);
                } catch (CloudException told) {
                    assertThat(told.problem()).isEqualTo(Problem.OBJECT_CHANGED);
                    assertThat(disk.all()).noneMatch(file -> file.toString().endsWith(".safetensors"));
                    errors++;
                }
                store.beforeGet(() -> {});
            }
            assertThat(errors).isBetween(1, rounds / 2);
            Assurance.shown(
                    Promise.ONE_VERSION,
                    "objects replaced between the parts of their download, up to four times",
                    "%,d downloads, 0 mixtures, %,d told as changed (seed %d)".formatted(rounds, errors, seed));
        });
    }

    @Test
    void takenAwayMeanwhileItIsAnErrorAndLeavesNothing() {
        put(1);
        store.beforeGet(() -> store.delete(KEY));
        assertThatThrownBy(() -> fetch(FetchOptions.USUAL)).hasMessageStartingWith("Object not found");
        assertThat(disk.all()).isEmpty();
    }

    @Test
    void anUnchangedModelIsOneQuestionAndNoByte() {
        put(1);
        fetch(FetchOptions.USUAL);
        store.takeHeads();
        store.takeServed();
        assertThat(fetch(FetchOptions.USUAL)).returns(Outcome.CACHED, ModelFile::outcome);
        assertThat(store.takeHeads()).isEqualTo(1);
        assertThat(store.takeServed()).isZero();
    }

    @Test
    void aStoreOutOfReachLeavesTheVerifiedCopyInUse() {
        put(1);
        fetch(FetchOptions.USUAL);
        CloudException gone = new CloudException(
                Problem.ENDPOINT_UNREACHABLE, Map.of("endpoint", "https://example.org", "reason", "no route"));
        store.beforeHead(() -> {
            throw gone;
        });
        assertThat(fetch(FetchOptions.USUAL)).returns(Outcome.OFFLINE_COPY, ModelFile::outcome);
        assertThatThrownBy(() -> fetch(FetchOptions.USUAL.withForce(true))).isSameAs(gone);
        disk = new ForgetfulDisk();
        assertThatThrownBy(() -> fetch(FetchOptions.USUAL)).isSameAs(gone);
    }

    @Test
    void aDeniedModelIsAnErrorThoughACopyIsThere() {
        put(1);
        fetch(FetchOptions.USUAL);
        CloudException denied = new CloudException(
                Problem.ACCESS_DENIED,
                Map.of("action", "GetObject", "target", "x", "right", "read", "bucket", "b", "reply", "no"));
        store.beforeHead(() -> {
            throw denied;
        });
        assertThatThrownBy(() -> fetch(FetchOptions.USUAL)).isSameAs(denied);
    }

    /** All bytes of a version are alike. */
    private void put(int version) {
        byte[] bytes = new byte[SIZE];
        java.util.Arrays.fill(bytes, (byte) version);
        store.put(KEY, bytes);
    }

    private ModelFile fetch(FetchOptions options) {
        return new ModelCache(disk, PIECE).fetch(bucket, KEY, ModelPlace.of(FOLDER), options, TransferProgress.NONE);
    }
}
