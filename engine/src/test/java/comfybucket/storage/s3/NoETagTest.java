package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ByteRange;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects without an ETag, as versitygw has them for files that were put into its folder by hand: none in the headers,
 * and an empty one in listings.
 */
class NoETagTest {
    private static final ObjectKey KEY = new ObjectKey("folder/by-hand.bin");

    private FaultyStore server;
    private S3Store store;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        server = new FaultyStore(folder);
        store = server.open();
        put(1000);
        server.set(NoETagTest::withoutETag);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        server.close();
    }

    private static Response withoutETag(Request request, Handler store) throws IOException {
        Response answer = store.handle(request);
        if (request.method().equals("PUT")) {
            return answer;
        }
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("ETag"));
        return new Response(answer.status(), headers, listed(answer.body()));
    }

    private static Body listed(Body body) {
        if (body instanceof Body.Bytes(byte[] bytes)) {
            String xml = new String(bytes, StandardCharsets.UTF_8);
            return new Body.Bytes(
                    xml.replaceAll("<ETag>.*?</ETag>", "<ETag></ETag>").getBytes(StandardCharsets.UTF_8));
        }
        return body;
    }

    private byte[] put(int size) {
        byte[] bytes = new byte[size];
        IntStream.range(0, size).forEach(i -> bytes[i] = (byte) (i * 31));
        store.put(KEY, Payload.of(bytes), PutOptions.REPLACE);
        return bytes;
    }

    @Test
    void theyAreListed() {
        List<ObjectSummary> objects = new ArrayList<>();
        for (ListPage page : store.list(ListRequest.all(new KeyPrefix("folder/")))) {
            objects.addAll(page.objects());
        }
        assertThat(objects).extracting(ObjectSummary::key).containsExactly(KEY);
        assertThat(objects.getFirst().etag().isStandIn()).isTrue();
        assertThat(objects.getFirst().etag())
                .as("what a listing knows, HEAD knows again")
                .isEqualTo(store.head(KEY).etag());
    }

    @Test
    void theyAreReadWholeAndInRangesOfOneVersion() throws IOException {
        byte[] bytes = put(2000);
        ObjectInfo object = store.head(KEY);
        assertThat(object.size()).isEqualTo(2000);
        GetOptions version = GetOptions.WHOLE.withIfMatch(object.etag());
        assertThat(read(version)).isEqualTo(bytes);
        assertThat(read(version.withRange(new ByteRange(500, 100)))).isEqualTo(Arrays.copyOfRange(bytes, 500, 600));
    }

    @Test
    void anotherVersionIsNotTakenForTheWantedOne() {
        GetOptions version = GetOptions.WHOLE.withIfMatch(store.head(KEY).etag());
        put(1001);
        GetOptions range = version.withRange(new ByteRange(0, 10));
        for (GetOptions wanted : List.of(version, range)) {
            CloudException told = catchThrowableOfType(CloudException.class, () -> read(wanted));
            assertThat(told.problem()).isEqualTo(Problem.OBJECT_CHANGED);
        }
    }

    @Test
    void versionsOfOneSizeAreToldApartByTheirSecond() {
        ObjectInfo first = store.head(KEY);
        server.set(
                (request, inner) -> withoutETag(request, inner).with("Last-Modified", "Wed, 01 Jan 2025 00:00:00 GMT"));
        ObjectInfo second = store.head(KEY);
        assertThat(second.lastModified()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
        assertThat(second.etag()).isNotEqualTo(first.etag());
    }

    private byte[] read(GetOptions options) throws IOException {
        try (ObjectContent content = store.get(KEY, options)) {
            return content.bytes().readAllBytes();
        }
    }
}
