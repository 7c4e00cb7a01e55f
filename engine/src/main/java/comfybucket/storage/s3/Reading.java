package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import comfybucket.storage.ETag;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.Tag;

/** HeadObject and GetObject. */
final class Reading {
    /**
     * Names that AWS keeps for what is no general purpose bucket. The ETags of directory buckets, {@code --x-s3}, are no
     * MD5; of the others nobody says that they are, and one kind answers with other bytes than are stored.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Reserved endings</a>
     */
    private static final Pattern OF_A_SPECIAL_KIND = Pattern.compile(".*--[a-z]+-s3");

    private final S3Connection connection;
    private final Traits traits;
    private final Supplier<S3Client> client;
    private final Requests requests;

    Reading(S3Connection connection, Traits traits, Supplier<S3Client> client, Requests requests) {
        this.connection = connection;
        this.traits = traits;
        this.client = client;
        this.requests = requests;
    }

    ObjectInfo head(ObjectKey key) {
        return orMissing(
                key, () -> traits.attempt(Quirk.NO_CHECKSUM_HEADERS, () -> head(key, true), () -> head(key, false)));
    }

    private ObjectInfo head(ObjectKey key, boolean checksums) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .overrideConfiguration(configuration -> wantChecksum(configuration, checksums))
                .build();
        GetObjectRequest byGet = GetObjectRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .range("bytes=0-0")
                .overrideConfiguration(configuration -> wantChecksum(configuration, checksums))
                .build();
        return requests.run(action(Operation.HEAD_OBJECT, key), (number, exchange) -> {
            try {
                return new AnswerHeaders(client.get().headObject(request).sdkHttpResponse()).info(key, etagIsMd5());
            } catch (AwsServiceException e) {
                boolean surelyTheKey = e.statusCode() == 404 && requests.haveSucceeded();
                throw surelyTheKey ? e : explained(e, () -> client.get().getObject(byGet, (answer, body) -> answer));
            }
        });
    }

    private boolean etagIsMd5() {
        return traits.has(Quirk.ETAG_IS_MD5)
                && !OF_A_SPECIAL_KIND.matcher(connection.bucket()).matches();
    }

    OptionalLong partSize(ObjectInfo object) {
        OptionalLong first = part(object, 1);
        if (first.isEmpty() || first.getAsLong() >= object.size() - first.getAsLong()) {
            return first;
        }
        return part(object, 2).equals(first) ? first : OptionalLong.empty();
    }

    private OptionalLong part(ObjectInfo object, int number) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(connection.bucket())
                .key(object.key().value())
                .partNumber(number)
                .build();
        AnswerHeaders answer = requests.run(
                action(Operation.HEAD_OBJECT, object.key()),
                (attempt, exchange) ->
                        new AnswerHeaders(client.get().headObject(request).sdkHttpResponse()));
        if (!answer.info(object.key()).etag().equals(object.etag())) {
            throw new CloudException(Problem.OBJECT_CHANGED, Map.of("uri", connection.uri(object.key())));
        }
        return answer.isOfPart() ? OptionalLong.of(answer.length()) : OptionalLong.empty();
    }

    ObjectContent get(ObjectKey key, GetOptions options) {
        Download first = orMissing(key, () -> open(key, options));
        GetOptions sameVersion = options.withIfMatch(first.info().etag());
        Verification verification =
                options.range().isPresent() ? Verification.none() : Verification.of(first.info(), connection.uri(key));
        Resumption resumption = new Resumption(requests, action(Operation.GET_OBJECT, key));
        return new ObjectContent(
                first.info(),
                new DownloadStream(first, verification, resumption, rest -> open(key, sameVersion.withRange(rest))));
    }

    private Download open(ObjectKey key, GetOptions options) {
        return traits.attempt(
                Quirk.NO_CHECKSUM_HEADERS, () -> open(key, options, true), () -> open(key, options, false));
    }

    private Download open(ObjectKey key, GetOptions options, boolean checksums) {
        if (options.ifMatch().filter(etag -> !etag.isStandIn()).isEmpty()) {
            return open(key, options, checksums, Optional.empty());
        }
        ETag wanted = options.ifMatch().get();
        return traits.attempt(
                Quirk.IF_MATCH_UNQUOTED,
                () -> open(key, options, checksums, Optional.of(ETags.quoted(wanted))),
                () -> open(key, options, checksums, Optional.of(wanted.value())));
    }

    private Download open(ObjectKey key, GetOptions options, boolean checksums, Optional<String> ifMatch) {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .ifMatch(ifMatch.orElse(null))
                .overrideConfiguration(configuration -> wantChecksum(configuration, checksums));
        options.range().ifPresent(range -> request.range("bytes=" + range.offset() + "-" + range.last()));
        Download opened = requests.open(
                action(Operation.GET_OBJECT, key),
                (number, exchange) -> client.get()
                        .getObject(
                                request.build(),
                                ResponseTransformer.unmanaged((answer, body) -> Download.of(
                                        key, options, etagIsMd5(), answer.sdkHttpResponse(), body, exchange))));
        if (options.ifMatch().filter(etag -> !etag.equals(opened.info().etag())).isPresent()) {
            // The store did not heed If-Match, or could not be asked to.
            opened.abort();
            throw new CloudException(Problem.OBJECT_CHANGED, Map.of("uri", connection.uri(key)));
        }
        if (!opened.fits(options)) {
            opened.abort();
            throw new CloudException(
                    Problem.STORE_CANNOT,
                    Map.of(
                            "endpoint",
                            connection.endpoint().toString(),
                            "action",
                            "GetObject with a Range",
                            "target",
                            connection.uri(key),
                            "reply",
                            "all of the object"));
        }
        return opened;
    }

    Map<String, String> tags(ObjectKey key) {
        GetObjectTaggingRequest request = GetObjectTaggingRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .build();
        return requests.run(
                action(Operation.GET_OBJECT_TAGGING, key),
                (number, exchange) -> client.get().getObjectTagging(request).tagSet().stream()
                        .collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    void checkBucket() {
        HeadBucketRequest request =
                HeadBucketRequest.builder().bucket(connection.bucket()).build();
        ListObjectsV2Request byGet = ListObjectsV2Request.builder()
                .bucket(connection.bucket())
                .maxKeys(1)
                .build();
        requests.run(new Action(Operation.HEAD_BUCKET, "s3://" + connection.bucket()), (number, exchange) -> {
            try {
                return client.get().headBucket(request).sdkHttpResponse();
            } catch (AwsServiceException e) {
                throw explained(e, () -> client.get().listObjectsV2(byGet));
            }
        });
    }

    /** Answers to HEAD have no body that could say what is wrong; the same question by GET has. */
    private static AwsServiceException explained(AwsServiceException silent, Runnable byGet) {
        if (Failures.of(silent, Operation.HEAD_OBJECT) instanceof Failure.Passing) {
            return silent;
        }
        try {
            byGet.run();
        } catch (AwsServiceException explained) {
            return explained.statusCode() == 416 ? silent : explained;
        }
        if (silent.statusCode() == 400) {
            throw new BadReplyException("it refuses a question that it answers a moment later");
        }
        return silent;
    }

    /** For stores that answer 403 for what is not there: a listing tells, if the access key may list. */
    private <T> T orMissing(ObjectKey key, Supplier<T> read) {
        try {
            return read.get();
        } catch (CloudException e) {
            boolean unclear = e.problem() == Problem.ACCESS_DENIED && traits.has(Quirk.MISSING_KEY_IS_DENIED);
            throw unclear ? deniedOrMissing(key, e) : e;
        }
    }

    private CloudException deniedOrMissing(ObjectKey key, CloudException denied) {
        Map<String, String> values = Map.of("uri", connection.uri(key));
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(connection.bucket())
                .prefix(key.value())
                .maxKeys(1)
                .build();
        try {
            boolean there = requests.run(
                    new Action(Operation.LIST_OBJECTS, connection.uri(key)),
                    (number, exchange) -> client.get().listObjectsV2(request).contents().stream()
                            .anyMatch(object -> object.key().equals(key.value())));
            return there ? denied : new CloudException(Problem.OBJECT_NOT_FOUND, values, denied);
        } catch (CloudException e) {
            return new CloudException(Problem.OBJECT_DENIED_OR_MISSING, values, denied);
        }
    }

    private Action action(Operation operation, ObjectKey key) {
        return new Action(operation, connection.uri(key));
    }

    /** Not by the SDK's own parameter, which would make the SDK verify, and fail without a native library. */
    private static void wantChecksum(AwsRequestOverrideConfiguration.Builder configuration, boolean wanted) {
        if (wanted) {
            configuration.putHeader("x-amz-checksum-mode", "ENABLED");
        }
    }
}
