package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
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
import comfybucket.store.faults.Seed;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bit that flips on the way is never accepted, whichever way and whichever bit: in one request and in parts, from a
 * store that keeps checksums and from one that keeps none.
 */
class DamageTest {
    private Random random;
    private FaultyStore server;
    private S3Store store;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        server = new FaultyStore(folder);
        store = Connections.steady(server.connection());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        server.close();
    }

    @Test
    void noFlippedBitIsAccepted() throws Exception {
        Seed.play(seed -> {
            random = Seed.random(seed, 0);
            int quarter = Assurance.cases(250, 2_500);
            for (int run = 0; run < quarter; run++) {
                ofAnUpload(new ObjectKey("up/" + run));
                ofAPart(new ObjectKey("part/" + run));
                ofADownload(single(new ObjectKey("down/" + run)), run % 2 == 0);
                ofADownload(inParts(new ObjectKey("down-parts/" + run)), run % 2 == 0);
            }
            String figure = "%,d flips, 0 accepted (seed %d)".formatted(4 * quarter, seed);
            Assurance.shown(
                    Promise.NO_FLIPPED_BYTE,
                    "one bit of each upload, part and download, objects of one request and of parts",
                    figure);
        });
    }

    private void ofAnUpload(ObjectKey key) throws IOException {
        byte[] bytes = bytes();
        server.once((request, inner) -> inner.handle(flipped(request)));
        store.put(key, Payload.of(bytes), PutOptions.CREATE_ONLY);
        assertThat(read(key)).as("%s", key).isEqualTo(bytes);
    }

    private void ofAPart(ObjectKey key) throws IOException {
        byte[] bytes = bytes();
        MultipartUpload upload = store.multipart().create(key, PutOptions.REPLACE);
        server.once((request, inner) -> inner.handle(flipped(request)));
        Part part = store.multipart().upload(upload, 1, Payload.of(bytes));
        store.multipart().complete(upload, List.of(part), WriteMode.REPLACE);
        assertThat(read(key)).as("%s", key).isEqualTo(bytes);
    }

    private void ofADownload(ObjectKey key, boolean storeKeepsChecksums) {
        server.once(flippedOnTheWayDown(storeKeepsChecksums));
        assertMismatch(key, () -> read(key));
    }

    private FaultyStore.Fault flippedOnTheWayDown(boolean storeKeepsChecksums) {
        return (request, inner) -> flipped(shown(inner.handle(request), storeKeepsChecksums));
    }

    private void assertMismatch(ObjectKey key, ThrowingCallable read) {
        CloudException refused = catchThrowableOfType(CloudException.class, read);
        assertThat(refused).as("%s", key).isNotNull();
        assertThat(refused.problem()).isEqualTo(Problem.CHECKSUM_MISMATCH);
    }

    private ObjectKey single(ObjectKey key) {
        store.put(key, Payload.of(bytes()), PutOptions.REPLACE);
        return key;
    }

    private ObjectKey inParts(ObjectKey key) throws IOException {
        Payload payload = Payload.of(bytes());
        PutOptions hashed = PutOptions.REPLACE.withMetadata(
                Map.of(PutOptions.SHA256, BodyHash.of(payload).hex()));
        MultipartUpload upload = store.multipart().create(key, hashed);
        Part part = store.multipart().upload(upload, 1, payload);
        store.multipart().complete(upload, List.of(part), WriteMode.REPLACE);
        return key;
    }

    /** A store whose answer is empty, of an object that is not. */
    @Test
    void nothingIsNotAcceptedForSomething() {
        random = Seed.random(1, 0);
        ObjectKey key = single(new ObjectKey("a"));
        for (boolean storeKeepsChecksums : new boolean[] {true, false}) {
            server.once((request, inner) ->
                    shown(inner.handle(request), storeKeepsChecksums).with(new Body.Bytes(new byte[0])));
            assertMismatch(key, () -> read(key));
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[2 + random.nextInt(3000)];
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

    /** As from a store that keeps no checksums, where only our own hash in the metadata is left. */
    private static Response shown(Response response, boolean storeKeepsChecksums) {
        if (storeKeepsChecksums) {
            return response;
        }
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
