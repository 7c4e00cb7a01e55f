package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.GetOptions;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.WriteMode;
import comfybucket.store.http.Body;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bit that flips on the way is never accepted, whichever way and whichever bit. */
class DamageTest {
    private static final int FLIPS = 500;
    private static final int SEED = 20_260_101;

    private final Random random = new Random(SEED);
    private FaultyStore server;
    private S3Store store;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        server = new FaultyStore(folder);
        store = server.open();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        server.close();
    }

    @Test
    void ofAnUpload() throws IOException {
        for (int run = 0; run < FLIPS; run++) {
            byte[] bytes = bytes();
            ObjectKey key = new ObjectKey("up/" + run);
            server.once((request, inner) -> inner.handle(flipped(request)));
            store.put(key, Payload.of(bytes), PutOptions.CREATE_ONLY);
            assertThat(read(key)).as("run %d of seed %d", run, SEED).isEqualTo(bytes);
        }
    }

    @Test
    void ofAPart() throws IOException {
        for (int run = 0; run < FLIPS / 10; run++) {
            byte[] bytes = bytes();
            ObjectKey key = new ObjectKey("parts/" + run);
            MultipartUpload upload = store.multipart().create(key, PutOptions.REPLACE);
            server.once((request, inner) -> inner.handle(flipped(request)));
            Part part = store.multipart().upload(upload, 1, Payload.of(bytes));
            store.multipart().complete(upload, List.of(part), WriteMode.REPLACE);
            assertThat(read(key)).as("run %d of seed %d", run, SEED).isEqualTo(bytes);
        }
    }

    @Test
    void ofADownload() {
        for (int run = 0; run < FLIPS; run++) {
            ObjectKey key = new ObjectKey("down/" + run);
            store.put(key, Payload.of(bytes()), PutOptions.REPLACE);
            boolean ours = run % 2 == 0;
            server.once((request, inner) -> {
                Response right = inner.handle(request);
                return flipped(ours ? withoutStoresChecksum(right) : right);
            });
            CloudException refused = catchThrowableOfType(CloudException.class, () -> read(key));
            assertThat(refused).as("run %d of seed %d", run, SEED).isNotNull();
            assertThat(refused.problem()).isEqualTo(Problem.CHECKSUM_MISMATCH);
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[1 + random.nextInt(3000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] read(ObjectKey key) throws IOException {
        try (ObjectContent content = store.get(key, GetOptions.WHOLE)) {
            return content.bytes().readAllBytes();
        }
    }

    private Request flipped(Request request) throws IOException {
        byte[] body = flipped(request.body().readAllBytes());
        return new Request(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                new ByteArrayInputStream(body),
                body.length);
    }

    private Response flipped(Response response) throws IOException {
        return response.with(new Body.Bytes(flipped(bytes(response.body()))));
    }

    private byte[] flipped(byte[] bytes) {
        int bit = random.nextInt(bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        return bytes;
    }

    /** As from a store that keeps none, where only our own hash in the metadata is left. */
    private static Response withoutStoresChecksum(Response response) {
        Response bare = new Response(response.status(), Map.of(), response.body());
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            boolean checksum = header.getKey().toLowerCase(Locale.ROOT).startsWith("x-amz-checksum");
            bare = checksum ? bare : bare.with(header.getKey(), header.getValue());
        }
        return bare;
    }

    private static byte[] bytes(Body body) throws IOException {
        return switch (body) {
            case Body.Bytes(byte[] bytes) -> bytes;
            case Body.FileRange(FileChannel file, long position, long length) -> {
                try (file) {
                    ByteBuffer bytes = ByteBuffer.allocate((int) length);
                    while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {}
                    yield bytes.array();
                }
            }
            case Body.Stream(Body.Writer writer) -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                writer.writeTo(bytes);
                yield bytes.toByteArray();
            }
        };
    }
}
