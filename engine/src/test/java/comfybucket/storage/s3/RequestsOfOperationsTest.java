package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.CloudException;
import comfybucket.provider.Quirk;
import comfybucket.storage.ByteRange;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PresignOptions;
import comfybucket.storage.PutOptions;
import comfybucket.storage.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which requests each operation costs: no more than it must. */
class RequestsOfOperationsTest {
    private static final ObjectKey KEY = new ObjectKey("folder/a b.png");
    private static final String PATH = "/comfyui/folder/a%20b.png";

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
    void openingAndPresigningAskNothing() {
        store.presignGet(KEY, PresignOptions.validFor(Duration.ofHours(1)));
        assertThat(server.takeRequests()).isEmpty();
    }

    @Test
    void objectsCostARequestEach() throws IOException {
        store.put(KEY, Payload.of(new byte[100]), PutOptions.REPLACE);
        store.put(KEY, Payload.of(new byte[100]), PutOptions.CREATE_ONLY);
        store.head(KEY);
        try (ObjectContent content = store.get(KEY, GetOptions.WHOLE)) {
            content.bytes().readAllBytes();
        }
        store.get(KEY, GetOptions.WHOLE.withRange(new ByteRange(3, 4))).close();
        store.copy(KEY, new ObjectKey("copy"));
        store.delete(KEY);
        store.checkBucket();
        assertThat(server.takeRequests())
                .containsExactly(
                        "PUT " + PATH,
                        "PUT " + PATH,
                        "HEAD " + PATH,
                        "GET " + PATH,
                        "GET " + PATH,
                        "PUT /comfyui/copy",
                        "DELETE " + PATH,
                        "HEAD /comfyui");
    }

    @Test
    void aMissingObjectCostsASecondLookOnlyWhileTheBucketIsUnknown() {
        ignoring(() -> store.head(KEY));
        store.checkBucket();
        ignoring(() -> store.head(KEY));
        ignoring(() -> store.get(KEY, GetOptions.WHOLE));
        assertThat(server.takeRequests())
                .containsExactly("HEAD " + PATH, "GET " + PATH, "HEAD /comfyui", "HEAD " + PATH, "GET " + PATH);
    }

    @Test
    void aListingFetchesItsPagesWhenTheyAreRead() {
        for (int i = 0; i < 5; i++) {
            store.put(new ObjectKey("list/" + i), Payload.of(new byte[0]), PutOptions.REPLACE);
        }
        server.takeRequests();
        Iterable<ListPage> pages =
                store.list(ListRequest.all(new KeyPrefix("list/")).withPageSize(2));
        assertThat(server.takeRequests()).isEmpty();
        pages.iterator().next();
        assertThat(server.takeRequests())
                .containsExactly("GET /comfyui?list-type=2&encoding-type=url&max-keys=2&prefix=list%2F");
        assertThat(pages).hasSize(3);
        assertThat(server.takeRequests()).hasSize(3);
    }

    @Test
    void theFirstListOperationPagesByName() {
        try (S3Store old = server.open(Quirk.LIST_V1, Quirk.NO_LIST_URL_ENCODING)) {
            for (int i = 0; i < 3; i++) {
                old.put(new ObjectKey("list/" + i), Payload.of(new byte[0]), PutOptions.REPLACE);
            }
            server.takeRequests();
            assertThat(old.list(ListRequest.all(new KeyPrefix("list/")).withPageSize(2)))
                    .hasSize(2);
            assertThat(server.takeRequests())
                    .containsExactly(
                            "GET /comfyui?max-keys=2&prefix=list%2F",
                            "GET /comfyui?marker=list%2F1&max-keys=2&prefix=list%2F");
        }
    }

    @Test
    void anUploadInPartsCostsARequestAStep() {
        MultipartUpload upload = store.multipart().create(KEY, PutOptions.REPLACE);
        Part part = store.multipart().upload(upload, 1, Payload.of(new byte[10]));
        store.multipart().parts(upload).forEach(listed -> {});
        store.multipart().complete(upload, List.of(part), WriteMode.CREATE_ONLY);
        assertThat(server.takeRequests())
                .extracting(request -> request.replaceAll("uploadId=[^&]+", "uploadId=ID"))
                .containsExactly(
                        "POST " + PATH + "?uploads",
                        "PUT " + PATH + "?partNumber=1&uploadId=ID",
                        "GET " + PATH + "?uploadId=ID",
                        "POST " + PATH + "?uploadId=ID");
    }

    private static void ignoring(ThrowingCallable call) {
        try {
            call.call();
        } catch (CloudException e) {
            return;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("No problem");
    }
}
