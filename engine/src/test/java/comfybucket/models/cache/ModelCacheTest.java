package comfybucket.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.checksum.Digests;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.transfer.TransferProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
    private static final ObjectKey KEY = new ObjectKey("models/tiny.safetensors");
    private static final ObjectKey OTHER_KEY = new ObjectKey("other/tiny.safetensors");

    @TempDir
    private Path home;

    private Buckets buckets;
    private Bucket bucket;
    private ModelPlace place;
    private Path folder;

    @BeforeEach
    void open() {
        buckets = new Buckets(chosen -> Profile.local(home.resolve("store")));
        bucket = buckets.open(ProfileRef.DEFAULT);
        folder = home.resolve("models").resolve("checkpoints");
        place = ModelPlace.of(folder);
    }

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void aModelIsDownloadedOnceAndKnownAgain() throws IOException {
        put(KEY, "one");
        assertThat(fetch(FetchOptions.USUAL)).returns(Outcome.DOWNLOADED, ModelFile::outcome);
        ModelFile again = fetch(FetchOptions.USUAL);
        assertThat(again)
                .returns(Outcome.CACHED, ModelFile::outcome)
                .returns("tiny.safetensors", ModelFile::name)
                .returns(3L, ModelFile::bytes);
        assertThat(again.path()).hasContent("one");
        assertThat(names()).containsExactly("tiny.safetensors", "tiny.safetensors.s3etag", "tiny.safetensors.s3model");
    }

    @Test
    void aNewVersionTakesThePlaceOfTheOldOne() throws IOException {
        put(KEY, "one");
        fetch(FetchOptions.USUAL);
        put(KEY, "two!");
        ModelFile model = fetch(FetchOptions.USUAL);
        assertThat(model.outcome()).isEqualTo(Outcome.DOWNLOADED);
        assertThat(model.path()).hasContent("two!");
        assertThat(names()).hasSize(3);
    }

    @Test
    void theOriginalPackReadsWhatWeNote() {
        put(KEY, "one");
        ModelFile model = fetch(FetchOptions.USUAL);
        assertThat(model.path().resolveSibling("tiny.safetensors.s3etag")).hasContent(quotedEtag());
    }

    @Test
    void theOriginalPacksCopyIsAdoptedWithoutADownload() throws IOException {
        put(KEY, "one");
        Files.createDirectories(folder);
        // Other bytes of the same size, so that a download would show.
        Path copy = Files.writeString(folder.resolve("tiny.safetensors"), "1ne");
        Files.writeString(folder.resolve("tiny.safetensors.s3etag"), quotedEtag());
        assertThat(fetch(FetchOptions.USUAL)).returns(Outcome.ADOPTED, ModelFile::outcome);
        assertThat(fetch(FetchOptions.USUAL)).returns(Outcome.CACHED, ModelFile::outcome);
        assertThat(copy).hasContent("1ne");
    }

    @Test
    void theUsersOwnFileIsAdoptedWhenItHasTheSameBytes() throws IOException {
        put(KEY, "one");
        Files.createDirectories(folder);
        Path own = Files.writeString(folder.resolve("tiny.safetensors"), "one");
        assertThat(fetch(FetchOptions.USUAL))
                .returns(Outcome.ADOPTED, ModelFile::outcome)
                .returns(own, ModelFile::path);
        put(KEY, "two");
        ModelFile next = fetch(FetchOptions.USUAL);
        assertThat(next.path()).hasContent("two").isNotEqualTo(own);
        assertThat(own).hasContent("one");
    }

    @Test
    void theUsersOwnFileIsNeverReplacedNotEvenByForce() throws IOException {
        put(KEY, "one");
        Files.createDirectories(folder);
        Path own = Files.writeString(folder.resolve("tiny.safetensors"), "own");
        for (FetchOptions options : List.of(FetchOptions.USUAL, FetchOptions.USUAL.withForce(true))) {
            ModelFile model = fetch(options);
            assertThat(model.outcome()).isEqualTo(Outcome.DOWNLOADED);
            assertThat(model.name()).matches("cloud-[0-9a-f]{8}[/\\\\]tiny\\.safetensors");
            assertThat(model.path()).hasContent("one");
        }
        assertThat(own).hasContent("own");
        assertThat(fetch(FetchOptions.USUAL)).returns(Outcome.CACHED, ModelFile::outcome);
    }

    @Test
    void aFileInAnEarlierFolderOfTheTypeHidesThoseInLaterOnes() throws IOException {
        put(KEY, "one");
        Path earlier = Files.createDirectories(home.resolve("earlier"));
        Files.writeString(earlier.resolve("tiny.safetensors"), "own");
        ModelFile model = new ModelCache()
                .fetch(
                        bucket,
                        KEY,
                        new ModelPlace(folder, List.of(earlier, folder)),
                        FetchOptions.USUAL,
                        TransferProgress.NONE);
        assertThat(model.path()).hasContent("one").startsWith(folder);
        assertThat(model.name()).startsWith("cloud-");
    }

    @Test
    void oneFileNameOfTwoKeysIsTwoFiles() {
        put(KEY, "one");
        put(OTHER_KEY, "two");
        ModelFile first = fetch(KEY, FetchOptions.USUAL);
        ModelFile second = fetch(OTHER_KEY, FetchOptions.USUAL);
        assertThat(second.path()).hasContent("two").isNotEqualTo(first.path());
        assertThat(fetch(KEY, FetchOptions.USUAL))
                .returns(Outcome.CACHED, ModelFile::outcome)
                .returns(first.path(), ModelFile::path);
        assertThat(fetch(OTHER_KEY, FetchOptions.USUAL))
                .returns(Outcome.CACHED, ModelFile::outcome)
                .returns(second.path(), ModelFile::path);
        assertThat(first.path()).hasContent("one");
    }

    @Test
    void forceDownloadsAgain() throws IOException {
        put(KEY, "one");
        ModelFile model = fetch(FetchOptions.USUAL);
        FileTime time = Files.getLastModifiedTime(model.path());
        Files.writeString(model.path(), "0ne");
        Files.setLastModifiedTime(model.path(), time);
        assertThat(fetch(FetchOptions.USUAL.withForce(true))).returns(Outcome.DOWNLOADED, ModelFile::outcome);
        assertThat(model.path()).hasContent("one");
    }

    @Test
    void aDamagedCopyOfOursIsNoLongerTakenForTheModel() throws IOException {
        put(KEY, "one");
        ModelFile model = fetch(FetchOptions.USUAL);
        Files.writeString(model.path(), "shorter or longer");
        assertThat(fetch(FetchOptions.USUAL).path()).hasContent("one").isNotEqualTo(model.path());
    }

    @Test
    void deniedOrDeletedIsAnErrorAndNotTheOldCopy() {
        put(KEY, "one");
        fetch(FetchOptions.USUAL);
        bucket.store().delete(KEY);
        assertThatThrownBy(() -> fetch(FetchOptions.USUAL))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.OBJECT_NOT_FOUND));
    }

    @Test
    void theWrongSha256IsRefusedBeforeAndAfterTheDownload() throws IOException {
        put(KEY, "one");
        FetchOptions wrong = FetchOptions.USUAL.withSha256("0".repeat(64));
        FetchOptions right = FetchOptions.USUAL.withSha256(
                HexFormat.of().formatHex(Digests.sha256().digest("one".getBytes(StandardCharsets.UTF_8))));
        assertThatThrownBy(() -> fetch(wrong)).hasMessageContaining("The model is not the expected one");
        assertThat(Files.exists(folder) ? names() : List.of()).isEmpty();
        assertThat(fetch(right)).returns(Outcome.DOWNLOADED, ModelFile::outcome);
        assertThat(fetch(right)).returns(Outcome.CACHED, ModelFile::outcome);
        assertThatThrownBy(() -> fetch(wrong)).hasMessageContaining("The model is not the expected one");
    }

    @Test
    void whatTheCheckRefusesLeavesNothingAndIsAskedAgainUnderAnotherRule() throws IOException {
        put(KEY, "one");
        FetchOptions refusing = FetchOptions.USUAL.withCheck(new ContentCheck() {
            @Override
            public String rule() {
                return "strict";
            }

            @Override
            public void beginning(ByteBuffer first, long size) {}

            @Override
            public void whole(SeekableByteChannel file) {
                throw new CloudException(Problem.NOT_A_MODEL, Map.of("uri", "s3://x", "reason", "text"));
            }
        });
        assertThatThrownBy(() -> fetch(refusing)).hasMessageContaining("Not a model file");
        assertThat(names()).isEmpty();
        fetch(FetchOptions.USUAL);
        assertThatThrownBy(() -> fetch(refusing)).hasMessageContaining("Not a model file");
    }

    @Test
    void aBudgetRemovesTheLeastRecentlyUsedOfOursOnly() throws IOException {
        Budget budget = new Budget(8, List.of(folder));
        Files.createDirectories(folder);
        Path own = Files.writeString(folder.resolve("own.safetensors"), "0123456789");
        Path kept = downloaded("kept", 3);
        Files.createFile(folder.resolve("kept.safetensors.keep"));
        Path old = downloaded("old", 2);
        Path newer = downloaded("newer", 1);
        put(KEY, "abc");
        fetch(FetchOptions.USUAL.withBudget(budget));
        assertThat(old).doesNotExist();
        assertThat(old.resolveSibling("old.safetensors.s3model")).doesNotExist();
        assertThat(List.of(own, kept, newer))
                .allSatisfy(path -> assertThat(path).exists());
        assertThatThrownBy(() -> {
                    put(OTHER_KEY, "too much");
                    fetch(OTHER_KEY, FetchOptions.USUAL.withBudget(budget));
                })
                .hasMessageContaining("model_cache_limit");
        assertThat(newer).exists();
    }

    /** Two bytes, used some hours ago. */
    private Path downloaded(String name, int hours) throws IOException {
        ObjectKey key = new ObjectKey(name + ".safetensors");
        put(key, "xx");
        Path path = fetch(key, FetchOptions.USUAL).path();
        Files.setLastModifiedTime(
                path.resolveSibling(name + ".safetensors.s3model"),
                FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
        return path;
    }

    @Test
    void leftoversOfTheDeadAreRemovedAfterAWeekAndNobodyElsesFiles() throws IOException {
        Files.createDirectories(folder);
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
        for (String name :
                List.of("a.0123abcd.download", "a.0123abcd.journal", "a.s3etag.0123abcd.tmp", "a.download")) {
            Files.setLastModifiedTime(Files.createFile(folder.resolve(name)), old);
        }
        Files.createFile(folder.resolve("b.0123abcd.download"));
        put(KEY, "one");
        fetch(FetchOptions.USUAL);
        assertThat(names()).contains("a.download", "b.0123abcd.download").doesNotContain("a.0123abcd.download");
        assertThat(names()).hasSize(5);
    }

    private void put(ObjectKey key, String content) {
        bucket.store().put(key, Payload.of(content.getBytes(StandardCharsets.UTF_8)), PutOptions.REPLACE);
    }

    private String quotedEtag() {
        return "\"" + bucket.store().head(KEY).etag() + "\"";
    }

    private ModelFile fetch(FetchOptions options) {
        return fetch(KEY, options);
    }

    private ModelFile fetch(ObjectKey key, FetchOptions options) {
        return new ModelCache().fetch(bucket, key, place, options, TransferProgress.NONE);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
