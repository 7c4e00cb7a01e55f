package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.error.CloudException;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMark;
import comfybucket.storage.WriteMode;
import comfybucket.store.faults.Seed;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done although its answer got lost is reported as done, and nothing is done twice. */
class LostAnswerTest {
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
    void aCreateOnlyWriteRecognisesItsOwnSuccess() throws Exception {
        int runs = 200;
        Seed.play(seed -> {
            Random random = Seed.random(seed, 0);
            for (int run = 0; run < runs; run++) {
                byte[] bytes = new byte[1 + random.nextInt(2000)];
                random.nextBytes(bytes);
                ObjectKey key = new ObjectKey("run/" + run);
                server.once(FaultyStore.LOST_ANSWER);
                PutResult result = store.put(key, Payload.of(bytes), PutOptions.CREATE_ONLY);
                assertThat(result)
                        .as("run %d", run)
                        .isEqualTo(new PutResult.Stored(store.head(key).etag()));
                try (ObjectContent content = store.get(key, GetOptions.WHOLE)) {
                    assertThat(content.bytes().readAllBytes()).isEqualTo(bytes);
                }
            }
            Assurance.shown(
                    Promise.OWN_SUCCESS,
                    "create-only writes whose acknowledgement is lost",
                    "%d of %d recognised (seed %d)".formatted(runs, runs, seed));
        });
    }

    @Test
    void aCreateOnlyWriteAfterALostRequestSeesAnothersObject() {
        ObjectKey key = new ObjectKey("taken");
        store.put(key, Payload.of(new byte[] {1}), PutOptions.CREATE_ONLY);
        server.once(FaultyStore.LOST_REQUEST);
        assertThat(store.put(key, Payload.of(new byte[] {2, 3}), PutOptions.CREATE_ONLY))
                .isEqualTo(new PutResult.Exists());
        assertThat(store.head(key).size()).isEqualTo(1);
    }

    @Test
    void aWriteThatIsTriedAgainLaterRecognisesItsOwnSuccess() {
        WriteMark mark = WriteMark.fresh();
        ObjectKey key = new ObjectKey("later");
        store.put(key, Payload.of(new byte[] {1}), PutOptions.CREATE_ONLY.withMark(mark));
        WriteMark again = new WriteMark(mark.nonce(), true);
        assertThat(store.put(key, Payload.of(new byte[] {1}), PutOptions.CREATE_ONLY.withMark(again)))
                .isEqualTo(new PutResult.Stored(store.head(key).etag()));
        WriteMark other = new WriteMark(WriteMark.fresh().nonce(), true);
        assertThat(store.put(key, Payload.of(new byte[] {1}), PutOptions.CREATE_ONLY.withMark(other)))
                .isEqualTo(new PutResult.Exists());
    }

    @Test
    void aReplacingWriteLeavesItsMark() {
        WriteMark mark = WriteMark.fresh();
        ObjectKey key = new ObjectKey("marked");
        store.put(key, Payload.of(new byte[] {1}), PutOptions.REPLACE.withMark(mark));
        assertThat(mark.isOn(store.head(key))).isTrue();
        store.put(key, Payload.of(new byte[] {2}), PutOptions.REPLACE);
        assertThat(mark.isOn(store.head(key))).isFalse();
    }

    @Test
    void aWriteThatCannotLearnWhoseObjectIsInTheWayDoesNotGuess() {
        ObjectKey key = new ObjectKey("whose");
        store.put(key, Payload.of(new byte[] {1}), PutOptions.CREATE_ONLY);
        server.set((request, inner) -> request.method().equals("HEAD") ? Response.of(400) : inner.handle(request));
        PutOptions options = PutOptions.CREATE_ONLY.withMark(new WriteMark("mine", true));
        assertThatThrownBy(() -> store.put(key, Payload.of(new byte[] {1}), options))
                .isInstanceOf(CloudException.class);
        server.set((request, inner) -> request.method().equals("PUT") ? inner.handle(request) : Response.of(403));
        assertThat(store.put(key, Payload.of(new byte[] {1}), options)).isEqualTo(new PutResult.Exists());
    }

    @Test
    void anUploadIsCompletedOnce() {
        for (WriteMode mode : WriteMode.values()) {
            ObjectKey key = new ObjectKey("parts-" + mode);
            MultipartUpload upload = store.multipart().create(key, PutOptions.REPLACE);
            Part part = store.multipart().upload(upload, 1, Payload.of(new byte[1000]));
            server.once(FaultyStore.LOST_ANSWER);
            PutResult result = store.multipart().complete(upload, List.of(part), mode);
            assertThat(result).isEqualTo(new PutResult.Stored(store.head(key).etag()));
        }
        assertThat(store.multipart().open(KeyPrefix.NONE)).isEmpty();
    }

    @Test
    void whatIsRemovedMayBeRemovedAgain() {
        ObjectKey key = new ObjectKey("a");
        store.put(key, Payload.of(new byte[1]), PutOptions.REPLACE);
        server.once(FaultyStore.LOST_ANSWER);
        store.delete(key);
        MultipartUpload upload = store.multipart().create(key, PutOptions.REPLACE);
        server.once(FaultyStore.LOST_ANSWER);
        store.multipart().abort(upload);
        assertThat(store.list(ListRequest.all(KeyPrefix.NONE)).iterator().next().objects())
                .isEmpty();
    }
}
