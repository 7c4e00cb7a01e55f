package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.files.ForgetfulDisk;
import comfybucket.profile.Profile;
import comfybucket.storage.MemoryStore;
import comfybucket.storage.ObjectKey;
import comfybucket.store.faults.Seed;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on the disk after a crash at any moment, and what the next fetch makes of it. */
class CrashTest {
    private static final ObjectKey KEY = new ObjectKey("models/a.safetensors");
    private static final Path FOLDER = Path.of("/models").toAbsolutePath();
    private static final Path MODEL = FOLDER.resolve("a.safetensors");
    private static final int PIECE = 1500;

    private final byte[] old = new byte[7_000];
    private final byte[] wanted = new byte[31_000];
    private final byte[] like = new byte[31_000];

    /** A fetch: where from, and the disk on which it was done. */
    private record Run(MemoryStore store, ForgetfulDisk disk) {
        ModelFile fetch() {
            Bucket bucket = new Bucket(Profile.local(Path.of("/store")), store, store);
            return new ModelCache(disk, PIECE)
                    .fetch(bucket, KEY, ModelPlace.of(FOLDER), FetchOptions.USUAL, TransferProgress.NONE);
        }

        Run with(ForgetfulDisk other) {
            return new Run(store, other);
        }

        Run afterKill(Random random) {
            return with(disk.afterKill(random.nextInt(disk.steps() + 1)));
        }

        Run afterPowerCut(Random random) {
            return with(disk.afterPowerCut(random.nextInt(disk.steps() + 1), random));
        }
    }

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(old);
        new Random(2).nextBytes(wanted);
        new Random(3).nextBytes(like);
    }

    @Test
    void afterAPowerCutNothingIsTornAndTheNextFetchIsRight() throws Exception {
        Seed.play(seed -> {
            int states = Assurance.cases(5_000, 100_000);
            Run[] runs = {firstDownload(), newVersion(old), newVersion(like), goneOnWith()};
            for (int i = 0; i < states; i++) {
                Run run = runs[i % runs.length].afterPowerCut(Seed.random(seed, i));
                requireNothingTorn(run);
                requireRight(run);
            }
            Assurance.shown(
                    Promise.ATOMIC_FILES,
                    "power cuts at every step of a model's download, of a new version's and of one gone on with",
                    "%,d states of the disk, 0 torn (seed %d)".formatted(states, seed));
        });
    }

    @Test
    void afterAKillOnlyThePiecesOnTheirWayAreFetchedAgain() throws Exception {
        Seed.play(seed -> {
            int kills = Assurance.cases(200, 2_000);
            Run[] runs = {firstDownload(), newVersion(old), newVersion(like), goneOnWith()};
            for (int i = 0; i < kills; i++) {
                Run run = runs[i % runs.length].afterKill(Seed.random(seed, i));
                requireNothingTorn(run);
                int noted = notedPieces(run.disk());
                List<Path> found = run.disk().all();
                run.store().takeServed();
                requireRight(run);
                int missing = Math.ceilDiv(wanted.length, PIECE) - noted;
                assertThat(run.store().takeServed())
                        .as("kill %d, which left %s", i, found)
                        .isLessThanOrEqualTo((long) missing * PIECE);
            }
            Assurance.shown(
                    Promise.RESUME,
                    "kills at every step of a model's download, on a disk in memory",
                    "%,d kills, nothing fetched again but pieces on their way, 0 bad files (seed %d)"
                            .formatted(kills, seed));
        });
    }

    @Test
    void aDiskThatFailsAtAnyCallLeavesNothingTorn() throws IOException {
        int failures = 0;
        for (Failing kind : Failing.values()) {
            boolean reached = true;
            for (int call = 0; reached; call++) {
                Run run = new Run(new MemoryStore(), new ForgetfulDisk());
                run.store().put(KEY, old);
                run.fetch();
                run.store().put(KEY, wanted);
                run.disk().set(kind.at(call));
                try {
                    run.fetch();
                } catch (CloudException told) {
                    failures++;
                }
                reached = run.disk().calls() >= call;
                run.disk().set(always -> {});
                requireNothingTorn(run);
                requireRight(run);
            }
        }
        Assurance.shown(
                Promise.ATOMIC_FILES,
                "EIO, ENOSPC and short writes at each call of a model's download",
                "%,d failures told, 0 torn".formatted(failures));
        assertThat(failures).isGreaterThan(100);
    }

    private enum Failing {
        BROKEN("Input/output error"),
        FULL("No space left on device"),
        SHORT("");

        private final String message;

        Failing(String message) {
            this.message = message;
        }

        ForgetfulDisk.Fault at(int wanted) {
            return new ForgetfulDisk.Fault() {
                @Override
                public void before(int call) throws IOException {
                    if (call == wanted && !message.isEmpty()) {
                        throw new IOException(message);
                    }
                }

                @Override
                public int taken(int call, int bytes) {
                    return call == wanted ? Math.min(1, bytes) : bytes;
                }
            };
        }
    }

    private Run firstDownload() {
        Run run = new Run(new MemoryStore(), new ForgetfulDisk());
        run.store().put(KEY, wanted);
        run.fetch();
        return run;
    }

    /** One that was stored within the same two seconds as the one before. */
    private Run newVersion(byte[] before) {
        Run first = new Run(new MemoryStore(), new ForgetfulDisk());
        first.store().put(KEY, old);
        first.store().put(KEY, before);
        first.fetch();
        first.store().put(KEY, wanted);
        Run run = first.with(first.disk().afterKill(first.disk().steps()));
        run.fetch();
        return run;
    }

    private Run goneOnWith() {
        Run first = firstDownload();
        Run run = first.with(first.disk().afterKill(first.disk().steps() / 2));
        run.fetch();
        return run;
    }

    private void requireRight(Run run) {
        ModelFile model = run.fetch();
        assertThat(run.disk().content(model.path()))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(wanted));
    }

    /** What can be seen under the model's name is one version, and the Python pack is not told that it is another. */
    private void requireNothingTorn(Run run) {
        Optional<byte[]> model = run.disk().content(MODEL);
        model.ifPresent(bytes -> assertThat(
                        Stream.of(wanted, old, like).anyMatch(version -> Arrays.equals(bytes, version)))
                .as("%s bytes under the model's name", bytes.length)
                .isTrue());
        String newest = "\"" + run.store().head(KEY).etag() + "\"";
        boolean saysNewest = run.disk()
                .content(MODEL.resolveSibling("a.safetensors.s3etag"))
                .filter(bytes -> new String(bytes, StandardCharsets.UTF_8).equals(newest))
                .isPresent();
        if (saysNewest) {
            assertThat(model).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(wanted));
        }
    }

    private int notedPieces(ForgetfulDisk disk) {
        if (disk.content(MODEL).filter(bytes -> Arrays.equals(bytes, wanted)).isPresent()) {
            return Math.ceilDiv(wanted.length, PIECE);
        }
        return disk.all().stream()
                .filter(file -> file.toString().endsWith(".journal"))
                .mapToInt(file -> (int) new String(disk.content(file).orElseThrow(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.matches("piece [0-9]+ [0-9a-f]{16} [0-9a-f]{8}"))
                        .distinct()
                        .count())
                .max()
                .orElse(0);
    }
}
