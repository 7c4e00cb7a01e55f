package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.DiskFile;
import comfybucket.files.ForgetfulDisk;
import comfybucket.profile.Profile;
import comfybucket.storage.MemoryStore;
import comfybucket.storage.ObjectKey;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An interrupted download whose journal was written in part, or damaged: it is gone on with or begun anew, never wrong. */
class HalfWrittenJournalTest {
    private static final ObjectKey KEY = new ObjectKey("models/a.safetensors");
    private static final Path FOLDER = Path.of("/models").toAbsolutePath();
    private static final int PIECE = 500;
    private static final int PIECES = 40;
    private static final byte[] CONTENT = content();
    private static final Pattern NOTED = Pattern.compile("^piece [0-9]+ [0-9a-f]{16} [0-9a-f]{8}\n", Pattern.MULTILINE);

    private final MemoryStore store = new MemoryStore();
    private final Bucket bucket = new Bucket(Profile.local(Path.of("/store")), store, store);
    private final ForgetfulDisk interrupted = new ForgetfulDisk();
    private Path journal;

    @BeforeEach
    void interrupt() {
        store.put(KEY, CONTENT);
        AtomicInteger gets = new AtomicInteger();
        store.beforeGet(() -> {
            if (gets.incrementAndGet() == PIECES / 2) {
                throw new CloudException(
                        Problem.STORE_FAILED,
                        Map.of(
                                "endpoint",
                                "https://example.org",
                                "action",
                                "GetObject",
                                "target",
                                "a",
                                "reply",
                                "500"));
            }
        });
        assertThatThrownBy(() -> fetch(interrupted)).isInstanceOf(CloudException.class);
        store.beforeGet(() -> {});
        journal = interrupted.all().stream()
                .filter(file -> file.toString().endsWith(".journal"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cutAtEachByteNothingThatItSaysComesAgain() throws IOException {
        byte[] whole = interrupted.content(journal).orElseThrow();
        for (int length = 0; length <= whole.length; length++) {
            ForgetfulDisk disk = interrupted.afterKill(interrupted.steps());
            try (DiskFile file = disk.open(journal)) {
                file.resize(length);
            }
            store.takeServed();
            assertThat(disk.content(fetch(disk).path()))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(CONTENT));
            String said = new String(whole, 0, length, StandardCharsets.US_ASCII);
            long noted = NOTED.matcher(said).results().count();
            assertThat(store.takeServed()).as("cut at %d", length).isEqualTo((PIECES - noted) * (long) PIECE);
        }
    }

    @Test
    void damagedAtEachByteTheFileIsRightAllTheSame() throws IOException {
        byte[] whole = interrupted.content(journal).orElseThrow();
        Random random = new Random(5);
        for (int at = 0; at < whole.length; at++) {
            ForgetfulDisk disk = interrupted.afterKill(interrupted.steps());
            byte[] other = {(byte) (whole[at] ^ 1 << random.nextInt(8))};
            try (DiskFile file = disk.open(journal)) {
                file.writeFully(ByteBuffer.wrap(other), at);
            }
            assertThat(disk.content(fetch(disk).path()))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(CONTENT));
        }
    }

    private ModelFile fetch(ForgetfulDisk disk) {
        return new ModelCache(disk, PIECE)
                .fetch(bucket, KEY, ModelPlace.of(FOLDER), FetchOptions.USUAL, TransferProgress.NONE);
    }

    private static byte[] content() {
        byte[] content = new byte[PIECES * PIECE];
        new Random(2).nextBytes(content);
        return content;
    }
}
