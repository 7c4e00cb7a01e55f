package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.transfer.TransferProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
    private static final ObjectKey KEY = new ObjectKey("models/tiny.safetensors");

    @TempDir
    private Path home;

    private Buckets buckets;
    private Bucket bucket;
    private ModelPlace place;

    @BeforeEach
    void open() {
        buckets = new Buckets(chosen -> Profile.local(home.resolve("store")));
        bucket = buckets.open(ProfileRef.DEFAULT);
        place = ModelPlace.of(home.resolve("models").resolve("checkpoints"));
    }

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void aModelIsDownloadedOnceAndKnownAgain() {
        put("one");
        assertThat(fetch(FetchOptions.USUAL)).returns(Outcome.DOWNLOADED, ModelFile::outcome);
        ModelFile again = fetch(FetchOptions.USUAL);
        assertThat(again)
                .returns(Outcome.CACHED, ModelFile::outcome)
                .returns("tiny.safetensors", ModelFile::name)
                .returns(3L, ModelFile::bytes);
        assertThat(again.path()).hasContent("one");
    }

    @Test
    void aNewVersionIsDownloaded() {
        put("one");
        fetch(FetchOptions.USUAL);
        put("two");
        ModelFile model = fetch(FetchOptions.USUAL);
        assertThat(model.outcome()).isEqualTo(Outcome.DOWNLOADED);
        assertThat(model.path()).hasContent("two");
    }

    @Test
    void theOriginalPackReadsWhatWeNote() {
        put("one");
        ModelFile model = fetch(FetchOptions.USUAL);
        assertThat(model.path().resolveSibling("tiny.safetensors.s3etag"))
                .hasContent("\"" + bucket.store().head(KEY).etag() + "\"");
    }

    private void put(String content) {
        bucket.store().put(KEY, Payload.of(content.getBytes(StandardCharsets.UTF_8)), PutOptions.REPLACE);
    }

    private ModelFile fetch(FetchOptions options) {
        return new ModelCache().fetch(bucket, KEY, place, options, TransferProgress.NONE);
    }
}
