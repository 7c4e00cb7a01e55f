package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.Problem;
import comfybucket.provider.Provider;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.ObjectStoreContract;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import comfybucket.store.LocalStore;
import comfybucket.store.personality.Personality;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on every provider as it is known to behave, by the rules of that provider's data file. */
class PersonalitiesTest {
    @TempDir
    private static Path folder;

    private static final Map<Personality, LocalStore> SERVERS = new EnumMap<>(Personality.class);

    @AfterAll
    static void stop() throws IOException {
        for (LocalStore server : SERVERS.values()) {
            server.close();
        }
        SERVERS.clear();
    }

    @Test
    void everyProviderHasAPersonalityButTheOneThatIsOurOwn() {
        assertThat(Provider.all())
                .extracting(Provider::name)
                .filteredOn(name -> !name.equals("Local"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Personality.values())
                        .map(Personality::provider)
                        .toList());
    }

    private static synchronized LocalStore server(Personality personality) {
        return SERVERS.computeIfAbsent(personality, absent -> {
            try {
                return absent.serve(folder.resolve(absent.name()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    abstract static class OnPersonality extends ObjectStoreContract {
        private final Personality personality;
        private final Findings findings = Findings.inMemory();

        OnPersonality(Personality personality) {
            this.personality = personality;
        }

        @Override
        protected ObjectStore open() {
            return open(bucket());
        }

        @Override
        protected ObjectStore openMissingBucket() {
            return open("no-such-bucket");
        }

        @Override
        protected String bucket() {
            return server(personality).bucket();
        }

        private ObjectStore open(String bucket) {
            LocalStore server = server(personality);
            Provider provider = Provider.named(personality.provider());
            URI endpoint = personality.endpoint(server);
            S3Connection connection = Connections.to(
                            endpoint, bucket, server.accessKey(), server.secretKey(), provider.settledQuirks())
                    .withPathStyle(personality.pathStyle());
            return S3Store.open(connection, new Doubts(provider.openQuirks(), findings, Optional.of(KeyPrefix.NONE)));
        }
    }

    /** A store on which no write can be refused because its key is taken. */
    abstract static class WithoutCreateOnly extends OnPersonality {
        WithoutCreateOnly(Personality personality) {
            super(personality);
        }

        @Override
        @Test
        protected void createOnlyLeavesWhatIsThere() {
            assertThat(store().capabilities().createOnly()).isFalse();
            assertProblem(
                    Problem.STORE_CANNOT, () -> store().put(key("a"), Payload.of(new byte[1]), PutOptions.CREATE_ONLY));
        }

        @Override
        @Test
        protected void ofManyWritersThatCreateOneWins() {
            assertThat(store().capabilities().createOnly()).isFalse();
        }

        @Override
        @Test
        protected void completingDoesNotReplaceEither() {
            assertCompletionRefused(this);
        }

        @Override
        @Test
        protected void completingTwiceIsDoneOnce() {
            assertCompletionIsDoneOnce(this);
        }
    }

    private static void assertCompletionRefused(OnPersonality test) {
        ObjectStore store = test.store();
        assertThat(store.capabilities().createOnlyInParts()).isFalse();
        MultipartUpload upload = store.multipart().create(test.key("a"), PutOptions.REPLACE);
        Part part = store.multipart().upload(upload, 1, Payload.of(new byte[1]));
        ObjectStoreContract.assertProblem(
                Problem.STORE_CANNOT, () -> store.multipart().complete(upload, List.of(part), WriteMode.CREATE_ONLY));
        store.multipart().abort(upload);
    }

    private static void assertCompletionIsDoneOnce(OnPersonality test) {
        ObjectStore store = test.store();
        MultipartUpload upload = store.multipart().create(test.key("a"), PutOptions.REPLACE);
        Part part = store.multipart().upload(upload, 1, Payload.of(new byte[1]));
        for (int i = 0; i < 2; i++) {
            assertThat(store.multipart().complete(upload, List.of(part), WriteMode.REPLACE))
                    .isInstanceOf(PutResult.Stored.class);
        }
    }

    private static void assertNoTags(OnPersonality test) {
        assertThat(test.store().capabilities().tags()).isFalse();
        PutOptions options = PutOptions.REPLACE.withTags(Map.of("a", "b"));
        ObjectStoreContract.assertProblem(
                Problem.STORE_CANNOT, () -> test.store().put(test.key("a"), Payload.of(new byte[0]), options));
    }

    @Nested
    class AwsS3 extends OnPersonality {
        AwsS3() {
            super(Personality.AWS_S3);
        }
    }

    @Nested
    class BackblazeB2 extends WithoutCreateOnly {
        BackblazeB2() {
            super(Personality.BACKBLAZE_B2);
        }

        @Override
        @Test
        protected void tagsAreTaken() {
            assertNoTags(this);
        }
    }

    @Nested
    class CloudflareR2 extends OnPersonality {
        CloudflareR2() {
            super(Personality.CLOUDFLARE_R2);
        }

        @Override
        @Test
        protected void tagsAreTaken() {
            assertNoTags(this);
        }
    }

    @Nested
    class MinIO extends OnPersonality {
        MinIO() {
            super(Personality.MINIO);
        }

        @Override
        @Test
        protected void anObjectMayBeNamedLikeAFolder() {
            store().put(key("a"), Payload.of(new byte[1]), PutOptions.REPLACE);
            assertProblem(
                    Problem.KEY_NOT_STORABLE,
                    () -> store().put(key("a/b"), Payload.of(new byte[1]), PutOptions.REPLACE));
        }

        @Override
        @Test
        protected void dotsAndDoubleSlashesAreOrdinary() {
            // One of these names is a folder of another of them.
            store().put(key("../f"), Payload.of(new byte[1]), PutOptions.REPLACE);
            assertProblem(
                    Problem.KEY_NOT_STORABLE,
                    () -> store().put(key(".."), Payload.of(new byte[1]), PutOptions.REPLACE));
        }
    }

    @Nested
    class Wasabi extends WithoutCreateOnly {
        Wasabi() {
            super(Personality.WASABI);
        }
    }

    @Nested
    class DigitalOceanSpaces extends WithoutCreateOnly {
        DigitalOceanSpaces() {
            super(Personality.DIGITALOCEAN_SPACES);
        }
    }

    @Nested
    class Gcs extends OnPersonality {
        Gcs() {
            super(Personality.GCS);
        }

        @Override
        @Test
        protected void completingDoesNotReplaceEither() {
            assertCompletionRefused(this);
        }

        @Override
        @Test
        protected void completingTwiceIsDoneOnce() {
            assertCompletionIsDoneOnce(this);
        }

        @Override
        @Test
        protected void tagsAreTaken() {
            assertNoTags(this);
        }
    }

    @Nested
    class Custom extends WithoutCreateOnly {
        Custom() {
            super(Personality.CUSTOM);
        }

        @Override
        @Test
        protected void tagsAreTaken() {
            assertNoTags(this);
        }
    }
}
