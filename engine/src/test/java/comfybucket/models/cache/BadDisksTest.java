package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.files.Disk;
import comfybucket.files.ForgetfulDisk;
import comfybucket.files.SystemDisk;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Handler;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models on their way to disks that are full, that may only be read, or on which names are not what they are elsewhere. */
class BadDisksTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path home;

    private volatile Happening beforeGet = () -> {};
    private LocalStore store;
    private Buckets buckets;
    private Bucket bucket;

    /** Comes to pass before the answer to each GET. */
    private interface Happening {
        void come() throws IOException, InterruptedException;
    }

    @BeforeEach
    void open() throws IOException {
        store = LocalStore.open(
                home.resolve("store"), StoreOptions.defaults().withForce(false).withFront(this::front));
        buckets = new Buckets(chosen -> FetchProcess.profile(store.endpoint(), store.accessKey(), store.secretKey()));
        bucket = buckets.open(ProfileRef.DEFAULT);
    }

    private Handler front(Handler next) {
        return request -> {
            if (request.method().equals("GET")) {
                try {
                    beforeGet.come();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            }
            return next.handle(request);
        };
    }

    @AfterEach
    void close() throws IOException {
        buckets.close();
        store.close();
    }

    @Test
    void noRoomIsToldBeforeAByteHasComeAndLeavesNothing() throws Exception {
        put(FetchProcess.key(0), 3 * MEBIBYTE);
        String told = fetchOnto("size=2m");
        assertThat(told)
                .contains("comfybucket.error.CloudException")
                .contains(folder().toString(), "3.0 MB")
                .doesNotContainPattern("(?m)^at ")
                .endsWith("left:\n");
    }

    @Test
    void aDiskThatMayOnlyBeReadIsNamed() throws Exception {
        put(FetchProcess.key(0), MEBIBYTE);
        assertThat(fetchOnto("ro"))
                .contains("comfybucket.error.CloudException")
                .contains(folder().toString())
                .doesNotContainPattern("(?m)^at ")
                .endsWith("left:\n");
    }

    @Test
    void aDiskThatFillsUpMeanwhileIsToldAndNothingIsLeft() throws Exception {
        put(FetchProcess.key(0), 3 * MEBIBYTE);
        Path asked = home.resolve("asked");
        Path full = home.resolve("full");
        beforeGet = () -> {
            Files.writeString(asked, "");
            while (Files.notExists(full)) {
                Thread.sleep(20);
            }
        };
        String told = fetchOnto("size=4m", """
                (until [ -e "$HOME/asked" ]; do sleep 0.05; done
                 dd if=/dev/zero of="$MODELS/ballast" bs=64k; touch "$HOME/full") 2>&- & "$@"; wait""");
        assertThat(told)
                .contains("comfybucket.error.CloudException", "No room for", folder().toString())
                .doesNotContainPattern("(?m)^at ")
                .endsWith("left: ballast\n");
    }

    @Test
    void whatIsThereStaysInUseOnADiskThatMayOnlyBeReadSince() throws Exception {
        put(FetchProcess.key(0), MEBIBYTE);
        assertThat(fetchOnto("size=8m", "\"$@\"; mount -o remount,ro \"$MODELS\"; \"$@\""))
                .containsSubsequence("DOWNLOADED ", "CACHED ")
                .doesNotContain("Exception");
    }

    @Test
    void namesThatDifferInCaseOnlyAreTwoModelsWhereTheyAreOneName() throws IOException {
        ForgetfulDisk names = new ForgetfulDisk();
        ModelCache cache = new ModelCache(caseless(names), FetchProcess.PIECE);
        ObjectKey small = new ObjectKey("models/a.safetensors");
        ObjectKey large = new ObjectKey("models/A.safetensors");
        byte[] one = put(small, 1000);
        byte[] other = put(large, 1001);
        for (Outcome expected : List.of(Outcome.DOWNLOADED, Outcome.CACHED)) {
            ModelFile first = fetch(cache, small);
            ModelFile second = fetch(cache, large);
            assertThat(List.of(first.outcome(), second.outcome())).containsOnly(expected);
            assertThat(names.content(folded(first.path())))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(one));
            assertThat(names.content(folded(second.path())))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(other));
        }
    }

    @Test
    void aNameThatIsTooLongForTheDiskIsShortenedAndKnownAgain() throws IOException {
        ModelCache cache = new ModelCache(new SystemDisk(), FetchProcess.PIECE);
        ObjectKey one = new ObjectKey("models/" + "é".repeat(300) + "1.safetensors");
        ObjectKey other = new ObjectKey("models/" + "é".repeat(300) + "2.safetensors");
        byte[] first = put(one, 1000);
        byte[] second = put(other, 1001);
        for (Outcome expected : List.of(Outcome.DOWNLOADED, Outcome.CACHED)) {
            assertThat(fetch(cache, one)).returns(expected, ModelFile::outcome);
            assertThat(fetch(cache, other)).returns(expected, ModelFile::outcome);
            assertThat(fetch(cache, one).path()).hasBinaryContent(first);
            assertThat(fetch(cache, other).path())
                    .hasBinaryContent(second)
                    .hasExtension("safetensors")
                    .hasParent(folder());
        }
    }

    private ModelFile fetch(ModelCache cache, ObjectKey key) {
        return cache.fetch(bucket, key, ModelPlace.of(folder()), FetchOptions.USUAL, TransferProgress.NONE);
    }

    private Path folder() {
        return home.resolve("models");
    }

    private byte[] put(ObjectKey key, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) size);
        bucket.store().put(key, Payload.of(bytes), PutOptions.REPLACE);
        return bytes;
    }

    private String fetchOnto(String options) throws IOException, InterruptedException {
        return fetchOnto(options, "\"$@\"");
    }

    /**
     * What processes say that fetch the first model to a small disk of their own, and what they leave there.
     *
     * @param options of the mount
     * @param script of the shell, in which {@code "$@"} fetches
     */
    private String fetchOnto(String options, String script) throws IOException, InterruptedException {
        Files.createDirectories(folder());
        String all =
                "mount -t tmpfs -o \"$0\" none \"$MODELS\" || exit 77; " + script + "\necho left: $(ls -A \"$MODELS\")";
        ProcessBuilder mounting =
                new ProcessBuilder(new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", all, options)));
        mounting.command().addAll(FetchProcess.command("-Xmx200m", store, folder(), 1));
        mounting.environment().put("MODELS", folder().toString());
        mounting.environment().put("HOME", home.toString());
        Path told = home.resolve("told");
        Process process;
        try {
            process = mounting.redirectErrorStream(true)
                    .redirectOutput(told.toFile())
                    .start();
        } catch (IOException noUnshare) {
            assumeTrue(false, "unshare is not there");
            throw noUnshare;
        }
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assumeTrue(process.exitValue() == 0, "no disk can be mounted here");
        return Files.readString(told, StandardCharsets.UTF_8);
    }

    /** A disk on which names are the same that differ in case only, as those of Windows and macOS usually are. */
    private static Disk caseless(ForgetfulDisk disk) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    Object[] folded = Arrays.stream(arguments)
                            .map(argument -> argument instanceof Path path ? folded(path) : argument)
                            .toArray();
                    try {
                        return method.invoke(disk, folded);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static Path folded(Path path) {
        return Path.of(path.toString().toLowerCase(Locale.ROOT));
    }
}
