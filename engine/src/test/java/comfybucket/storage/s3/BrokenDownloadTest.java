package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that breaks within a download: the reader gets one whole version or a clear error. */
class BrokenDownloadTest {
    private static final ObjectKey KEY = new ObjectKey("large");
    private static final int SIZE = 1_000_000;

    private FaultyStore server;
    private Relay relay;
    private S3Store direct;
    private S3Store store;
    private byte[] bytes;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        server = new FaultyStore(folder);
        direct = server.open();
        relay = new Relay(server.connection().endpoint());
        store = Connections.impatient(Connections.at(relay.uri(), server.connection()));
        bytes = new byte[SIZE];
        new Random(5).nextBytes(bytes);
        direct.put(KEY, Payload.of(bytes), PutOptions.REPLACE);
        server.takeRequests();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        direct.close();
        relay.close();
        server.close();
    }

    @Test
    void itGoesOnWhereItBroke() throws IOException {
        relay.breakAfter(300_000);
        assertThat(read()).isEqualTo(bytes);
        assertThat(relay.broken()).isEqualTo(3);
        assertThat(server.takeRequests()).hasSize(4).containsOnly("GET /comfyui/large");
    }

    @Test
    void anObjectThatWasReplacedMeanwhileIsNotMixed() {
        relay.breakAfter(300_000);
        CloudException failure = catchThrowableOfType(CloudException.class, () -> {
            try (ObjectContent content = store.get(KEY, GetOptions.WHOLE)) {
                assertThat(content.bytes().readNBytes(1000)).hasSize(1000);
                direct.put(KEY, Payload.of(new byte[SIZE]), PutOptions.REPLACE);
                content.bytes().readAllBytes();
            }
        });
        assertThat(failure.problem()).isEqualTo(Problem.OBJECT_CHANGED);
    }

    @Test
    void aConnectionThatBringsNextToNothingEachTimeIsGivenUp() {
        relay.breakAfter(2_000);
        CloudException failure = catchThrowableOfType(CloudException.class, this::read);
        assertThat(failure.problem()).isEqualTo(Problem.ENDPOINT_UNREACHABLE);
        assertThat(server.takeRequests()).hasSizeLessThan(10);
    }

    @Test
    void readingInPiecesAndByteByByteIsTheSame() throws IOException {
        relay.breakAfter(400_000);
        try (ObjectContent content = store.get(KEY, GetOptions.WHOLE)) {
            ByteBuffer got = ByteBuffer.allocate(SIZE);
            Random random = new Random(6);
            while (got.hasRemaining()) {
                if (random.nextBoolean()) {
                    got.put((byte) content.bytes().read());
                }
                byte[] piece = new byte[Math.min(got.remaining(), random.nextInt(20_000))];
                int count = content.bytes().read(piece);
                got.put(piece, 0, Math.max(0, count));
            }
            assertThat(content.bytes().read()).isNegative();
            assertThat(got.array()).isEqualTo(bytes);
        }
    }

    private byte[] read() throws IOException {
        try (ObjectContent content = store.get(KEY, GetOptions.WHOLE)) {
            return content.bytes().readAllBytes();
        }
    }
}
