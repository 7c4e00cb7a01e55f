package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.connect.Bucket;
import comfybucket.error.Problem;
import comfybucket.profile.Profile;
import comfybucket.provider.Quirk;
import comfybucket.storage.ETag;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStoreContract;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import comfybucket.store.personality.Personality;
import comfybucket.transfer.FileUpload;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** What shows whether a quirk's rule is followed. */
final class QuirkTrials {
    private static final byte[] SMALL = new byte[100];
    private static final int PART = 5 << 20;

    /** Something that our client does, which fails in the end where the rule is not followed. */
    interface Work {
        void run(S3Store store) throws Exception;
    }

    /** The same for another client. */
    interface OtherWork {
        void run(S3Client client, String bucket) throws Exception;
    }

    /** A rule that our client follows at stores with the quirk only. */
    record Ours(Personality personality, Work work) {}

    /**
     * A rule that our client follows everywhere.
     *
     * @param careful whether the other client breaks no other rule
     */
    record Everywhere(Personality personality, boolean careful, OtherWork other, Work ours) {}

    static final Map<Quirk, Ours> OURS = new EnumMap<>(Quirk.class);
    static final Map<Quirk, Everywhere> EVERYWHERE = new EnumMap<>(Quirk.class);
    /** Where else it is shown. */
    static final Map<Quirk, String> ELSEWHERE = Map.of(
            Quirk.ETAG_IS_MD5, "Md5ETagTest.whatIsAlwaysDamagedIsRefused",
            Quirk.HTTPS_ONLY, "QuirksTest.overPlainHttpNothingIsSent",
            Quirk.MASTER_KEY_UNUSABLE, "QuirksTest.aMasterKeyIsToldFromAKeyThatIsNotKnown",
            Quirk.GUNZIPS_ON_READ, "QuirksTest.whatIsStoredPackedComesAsItIsStored");

    static {
        OURS.put(Quirk.NO_CHECKSUM_HEADERS, new Ours(Personality.BACKBLAZE_B2, QuirkTrials::storeAndLook));
        OURS.put(Quirk.NO_TAGS, new Ours(Personality.CLOUDFLARE_R2, store -> {
            PutOptions options =
                    store.capabilities().tags() ? PutOptions.REPLACE.withTags(Map.of("a", "b")) : PutOptions.REPLACE;
            store.put(key(), Payload.of(SMALL), options);
        }));
        OURS.put(
                Quirk.MISSING_KEY_IS_DENIED,
                new Ours(
                        Personality.BACKBLAZE_B2,
                        store -> ObjectStoreContract.assertProblem(Problem.OBJECT_NOT_FOUND, () -> store.head(key()))));
        OURS.put(Quirk.NO_CREATE_ONLY, new Ours(Personality.WASABI, QuirkTrials::saveTwice));
        OURS.put(Quirk.CREATE_ONLY_BY_GENERATION, new Ours(Personality.GCS, QuirkTrials::saveTwice));
        OURS.put(Quirk.NO_CREATE_ONLY_IN_PARTS, new Ours(Personality.GCS, store -> {
            ObjectKey key = key();
            store.put(key, Payload.of(SMALL), PutOptions.REPLACE);
            MultipartUpload upload = store.multipart().create(key, PutOptions.REPLACE);
            Part part = store.multipart().upload(upload, 1, Payload.of(new byte[1]));
            if (store.capabilities().createOnlyInParts()) {
                store.multipart().complete(upload, List.of(part), WriteMode.CREATE_ONLY);
            }
            assertThat(store.head(key).size()).isEqualTo(SMALL.length);
        }));
        OURS.put(Quirk.IF_MATCH_UNQUOTED, new Ours(Personality.DIGITALOCEAN_SPACES, QuirkTrials::readOneVersion));
        OURS.put(Quirk.LOW_WRITE_LIMITS, new Ours(Personality.DIGITALOCEAN_SPACES, QuirkTrials::writeManyAtOnce));
        OURS.put(Quirk.NO_LIST_URL_ENCODING, new Ours(Personality.DIGITALOCEAN_SPACES, store -> {
            String folder = UUID.randomUUID() + "/";
            ObjectKey awkward = new ObjectKey(folder + "a+b %41&ü");
            store.put(awkward, Payload.of(SMALL), PutOptions.REPLACE);
            assertThat(listed(store, folder, 10)).containsExactly(awkward);
        }));
        OURS.put(Quirk.LIST_V1, new Ours(Personality.CUSTOM, store -> {
            String folder = UUID.randomUUID() + "/";
            for (String name : List.of("a", "b", "c")) {
                store.put(new ObjectKey(folder + name), Payload.of(SMALL), PutOptions.REPLACE);
            }
            assertThat(listed(store, folder, 2)).hasSize(3);
        }));
        OURS.put(Quirk.VIRTUAL_HOST_STYLE, new Ours(Personality.DIGITALOCEAN_SPACES, QuirkTrials::storeAndLook));

        EVERYWHERE.put(
                Quirk.CHECKSUMS_WHEN_REQUIRED,
                new Everywhere(Personality.BACKBLAZE_B2, false, QuirkTrials::put, QuirkTrials::storeAndLook));
        EVERYWHERE.put(
                Quirk.NO_AWS_CHUNKED,
                new Everywhere(Personality.DIGITALOCEAN_SPACES, false, QuirkTrials::put, QuirkTrials::storeAndLook));
        EVERYWHERE.put(
                Quirk.NO_EXPECT_CONTINUE,
                new Everywhere(
                        Personality.MINIO,
                        false,
                        (client, bucket) -> client.putObject(
                                request -> request.bucket(bucket).key(key().value()),
                                RequestBody.fromBytes(new byte[PART])),
                        store -> store.put(key(), Payload.of(new byte[PART]), PutOptions.REPLACE)));
        EVERYWHERE.put(
                Quirk.BUCKET_ACL_ONLY,
                new Everywhere(
                        Personality.BACKBLAZE_B2,
                        true,
                        (client, bucket) -> client.putObject(
                                request -> request.bucket(bucket)
                                        .key(key().value())
                                        .acl(ObjectCannedACL.PUBLIC_READ),
                                RequestBody.fromBytes(SMALL)),
                        QuirkTrials::storeAndLook));
        EVERYWHERE.put(
                Quirk.CONDITIONAL_WRITE_CONFLICT,
                new Everywhere(
                        Personality.AWS_S3,
                        true,
                        (client, bucket) -> client.putObject(
                                request -> request.bucket(bucket)
                                        .key(key().value())
                                        .ifNoneMatch("*"),
                                RequestBody.fromBytes(SMALL)),
                        store -> assertThat(store.put(key(), Payload.of(SMALL), PutOptions.CREATE_ONLY))
                                .isInstanceOf(PutResult.Stored.class)));
        EVERYWHERE.put(
                Quirk.EQUAL_PARTS,
                new Everywhere(
                        Personality.CLOUDFLARE_R2,
                        true,
                        (client, bucket) -> inParts(client, bucket, PART, PART + 1, 1),
                        QuirkTrials::uploadAFile));
        EVERYWHERE.put(
                Quirk.MULTIPART_ETAG_UNTRUSTED,
                new Everywhere(
                        Personality.CLOUDFLARE_R2,
                        true,
                        (client, bucket) -> assertThat(inParts(client, bucket, SMALL.length))
                                .endsWith("-1\""),
                        store -> {
                            ObjectKey key = key();
                            MultipartUpload upload = store.multipart().create(key, PutOptions.REPLACE);
                            Part part = store.multipart().upload(upload, 1, Payload.of(SMALL));
                            store.multipart().complete(upload, List.of(part), WriteMode.REPLACE);
                            readOneVersion(store, key);
                        }));
        EVERYWHERE.put(
                Quirk.CRC64_FULL_OBJECT_ONLY,
                new Everywhere(
                        Personality.CLOUDFLARE_R2,
                        true,
                        (client, bucket) -> client.createMultipartUpload(request -> request.bucket(bucket)
                                .key(key().value())
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                                .checksumType(ChecksumType.FULL_OBJECT)),
                        QuirkTrials::uploadInParts));
        EVERYWHERE.put(
                Quirk.NO_PART_CHECKSUMS,
                new Everywhere(
                        Personality.WASABI,
                        true,
                        (client, bucket) -> {
                            String key = key().value();
                            String id = client.createMultipartUpload(
                                            request -> request.bucket(bucket).key(key))
                                    .uploadId();
                            client.uploadPart(
                                    request -> request.bucket(bucket)
                                            .key(key)
                                            .uploadId(id)
                                            .partNumber(1)
                                            .checksumCRC32("AAAAAA=="),
                                    RequestBody.fromBytes(new byte[0]));
                        },
                        QuirkTrials::uploadInParts));
        EVERYWHERE.put(
                Quirk.ACCEPT_ENCODING_NOT_SIGNED,
                new Everywhere(
                        Personality.GCS,
                        true,
                        (client, bucket) -> client.putObject(
                                request -> request.bucket(bucket)
                                        .key(key().value())
                                        .overrideConfiguration(configuration ->
                                                configuration.putHeader("Accept-Encoding", "identity")),
                                RequestBody.fromBytes(SMALL)),
                        QuirkTrials::storeAndLook));
        EVERYWHERE.put(
                Quirk.NO_X_ID,
                new Everywhere(
                        Personality.GCS,
                        true,
                        (client, bucket) -> client.putObject(
                                request -> request.bucket(bucket)
                                        .key(key().value())
                                        .overrideConfiguration(configuration ->
                                                configuration.putRawQueryParameter("x-id", "PutObject")),
                                RequestBody.fromBytes(SMALL)),
                        QuirkTrials::storeAndLook));
        EVERYWHERE.put(
                Quirk.NO_KEY_BELOW_KEY,
                new Everywhere(
                        Personality.MINIO,
                        true,
                        (client, bucket) -> {
                            String key = key().value();
                            for (String name : List.of(key, key + "/below")) {
                                client.putObject(
                                        request -> request.bucket(bucket).key(name), RequestBody.fromBytes(SMALL));
                            }
                        },
                        store -> {
                            ObjectKey key = key();
                            store.put(key, Payload.of(SMALL), PutOptions.REPLACE);
                            ObjectStoreContract.assertProblem(
                                    Problem.KEY_NOT_STORABLE,
                                    () -> store.put(
                                            new ObjectKey(key.value() + "/below"),
                                            Payload.of(SMALL),
                                            PutOptions.REPLACE));
                        }));
        EVERYWHERE.put(Quirk.CONTENT_MD5_ON_BULK_DELETE, deleting(Personality.WASABI, 2));
        EVERYWHERE.put(Quirk.BULK_DELETE_700, deleting(Personality.CLOUDFLARE_R2, 701));
        EVERYWHERE.put(Quirk.NO_BULK_DELETE, deleting(Personality.GCS, 2));
    }

    private QuirkTrials() {}

    /** A client that sends no more than it is asked to, and only once. */
    static void makeCareful(S3ClientBuilder client) {
        client.overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build());
    }

    private static Everywhere deleting(Personality personality, int count) {
        return new Everywhere(
                personality,
                true,
                (client, bucket) -> client.deleteObjects(request -> request.bucket(bucket)
                        .delete(delete -> delete.objects(IntStream.range(0, count)
                                .mapToObj(number -> ObjectIdentifier.builder()
                                        .key("n" + number)
                                        .build())
                                .toList()))),
                store -> {
                    for (int number = 0; number < count; number++) {
                        store.delete(new ObjectKey("n" + number));
                    }
                });
    }

    private static void put(S3Client client, String bucket) {
        client.putObject(request -> request.bucket(bucket).key(key().value()), RequestBody.fromBytes(SMALL));
    }

    private static String inParts(S3Client client, String bucket, int... sizes) {
        String key = key().value();
        String id = client.createMultipartUpload(
                        request -> request.bucket(bucket).key(key))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int size : sizes) {
            int number = parts.size() + 1;
            String etag = client.uploadPart(
                            request ->
                                    request.bucket(bucket).key(key).uploadId(id).partNumber(number),
                            RequestBody.fromBytes(new byte[size]))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        return client.completeMultipartUpload(request ->
                        request.bucket(bucket).key(key).uploadId(id).multipartUpload(upload -> upload.parts(parts)))
                .eTag();
    }

    /** As everything that is large is uploaded. */
    private static void uploadAFile(S3Store store) throws Exception {
        Path file = Files.createTempFile("parts", ".bin");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(36 << 20);
            Bucket bucket = new Bucket(Profile.local(file), store, store);
            assertThat(new FileUpload(bucket, file).send(key(), PutOptions.REPLACE, moved -> {}))
                    .isInstanceOf(PutResult.Stored.class);
        } finally {
            Files.delete(file);
        }
    }

    private static void uploadInParts(S3Store store) {
        ObjectKey key = key();
        MultipartUpload upload = store.multipart().create(key, PutOptions.REPLACE);
        Part first = store.multipart().upload(upload, 1, Payload.of(new byte[PART]));
        Part last = store.multipart().upload(upload, 2, Payload.of(SMALL));
        store.multipart().complete(upload, List.of(first, last), WriteMode.REPLACE);
        assertThat(store.head(key).size()).isEqualTo(PART + SMALL.length);
    }

    private static void storeAndLook(S3Store store) {
        ObjectKey key = key();
        store.put(key, Payload.of(SMALL), PutOptions.REPLACE);
        assertThat(store.head(key).size()).isEqualTo(SMALL.length);
    }

    /** As a save node does: under the plain name where a second write is refused, else under one of its own. */
    private static void saveTwice(S3Store store) {
        ObjectKey key = key();
        store.put(key, Payload.of(SMALL), PutOptions.REPLACE);
        if (store.capabilities().createOnly()) {
            store.put(key, Payload.of(new byte[1]), PutOptions.CREATE_ONLY);
        } else {
            store.put(new ObjectKey(key.value() + "_suffix"), Payload.of(new byte[1]), PutOptions.REPLACE);
        }
        assertThat(store.head(key).size()).isEqualTo(SMALL.length);
    }

    private static void readOneVersion(S3Store store) throws Exception {
        ObjectKey key = key();
        store.put(key, Payload.of(SMALL), PutOptions.REPLACE);
        readOneVersion(store, key);
    }

    private static void readOneVersion(S3Store store, ObjectKey key) throws Exception {
        ETag etag = store.head(key).etag();
        try (ObjectContent content = store.get(key, GetOptions.WHOLE.withIfMatch(etag))) {
            assertThat(content.bytes().readAllBytes()).isEqualTo(SMALL);
        }
    }

    private static void writeManyAtOnce(S3Store store) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PutResult>> writes = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                writes.add(threads.submit(() -> store.put(key(), Payload.of(new byte[100_000]), PutOptions.REPLACE)));
            }
            for (Future<PutResult> write : writes) {
                write.get();
            }
        }
    }

    private static List<ObjectKey> listed(S3Store store, String folder, int pageSize) {
        List<ObjectKey> keys = new ArrayList<>();
        for (ListPage page : store.list(ListRequest.all(new KeyPrefix(folder)).withPageSize(pageSize))) {
            page.objects().forEach(object -> keys.add(object.key()));
        }
        return keys;
    }

    static ObjectKey key() {
        return new ObjectKey(UUID.randomUUID().toString());
    }
}
