package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stores answer, in their own words, and what becomes of it. */
class ErrorTranslationTest {
    private static final ObjectKey KEY = new ObjectKey("a/b.png");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        403 | AccessDenied | User: arn:aws:iam::1:user/u is not authorized to perform: s3:GetObject | ACCESS_DENIED | Access denied: GetObject on s3://bucket/a/b.png
        403 | AllAccessDisabled | All access to this object has been disabled | ACCESS_DENIED | Access denied
        403 | InvalidAccessKeyId | The AWS Access Key Id you provided does not exist in our records. | ACCESS_KEY_INVALID |
        403 | InvalidAccessKeyId | Malformed Access Key Id | ACCESS_KEY_INVALID |
        404 | XAdminUserNotFound | No user exists with the provided access key ID. | ACCESS_KEY_INVALID |
        400 | InvalidArgument | Credential access key has length 3, should be 32 | ACCESS_KEY_INVALID |
        401 | Unauthorized | Unauthorized | ACCESS_KEY_INVALID |
        403 | InvalidSecurity | The provided security credentials are not valid. | ACCESS_KEY_INVALID |
        403 | SignatureDoesNotMatch | The request signature we calculated does not match the signature you provided. | SIGNATURE_MISMATCH |
        400 | ExpiredToken | The provided token has expired. | CREDENTIALS_EXPIRED |
        400 | InvalidToken | The provided token is malformed or otherwise invalid. | CREDENTIALS_EXPIRED |
        403 | RequestTimeTooSkewed | The difference between the request time and the current time is too large. | CLOCK_SKEWED |
        404 | NoSuchBucket | The specified bucket does not exist | BUCKET_NOT_FOUND | Bucket not found: bucket
        400 | InvalidBucketName | The specified bucket is not valid. | BUCKET_NOT_FOUND | Bucket not found: bucket
        404 | NoSuchKey | The specified key does not exist. | OBJECT_NOT_FOUND | Object not found: s3://bucket/a/b.png
        403 | InvalidObjectState | The operation is not valid for the object's storage class | OBJECT_ARCHIVED |
        400 | AuthorizationHeaderMalformed | The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1' | WRONG_REGION | Bucket bucket is not in region us-east-1 but in eu-central-1
        400 | AuthorizationHeaderMalformed | The authorization header is malformed; the Credential is mal-formed | STORE_REFUSED |
        400 | IllegalLocationConstraintException | The unspecified location constraint is incompatible | WRONG_REGION |
        412 | PreconditionFailed | At least one of the pre-conditions you specified did not hold | OBJECT_CHANGED |
        416 | InvalidRange | The requested range is not satisfiable | RANGE_NOT_IN_OBJECT |
        400 | KeyTooLongError | Your key is too long | KEY_NOT_STORABLE |
        400 | XMinioInvalidObjectName | Object name contains unsupported characters. | KEY_NOT_STORABLE |
        409 | ObjectParentIsFile | Object parent already exists as a file. | KEY_NOT_STORABLE |
        400 | EntityTooLarge | Your proposed upload exceeds the maximum allowed object size. | OBJECT_TOO_LARGE |
        413 | `` | `` | OBJECT_TOO_LARGE |
        507 | XMinioStorageFull | Storage backend has reached its minimum free drive threshold. | STORE_FULL |
        403 | QuotaExceeded | Bucket quota exceeded | STORE_FULL |
        501 | NotImplemented | A header you provided implies functionality that is not implemented. | STORE_CANNOT |
        405 | MethodNotAllowed | The specified method is not allowed against this resource. | STORE_REFUSED |
        400 | KMS.DisabledException | The key is disabled | STORE_REFUSED |
        503 | SlowDown | Please reduce your request rate. | STORE_BUSY |
        429 | `` | `` | STORE_BUSY |
        503 | ServiceUnavailable | Service is unable to handle request. | STORE_FAILED |
        500 | InternalError | We encountered an internal error. Please try again. | STORE_FAILED |
        502 | `` | `` | STORE_FAILED |
        404 | `` | `` | STORE_REPLY_UNUSABLE |
        403 | `` | `` | ACCESS_DENIED | Access denied
        407 | `` | `` | PROXY_FAILED |
        """)
    void anAnswerBecomesTheProblemItStandsFor(
            int status, String code, String message, Problem problem, String beginning) {
        try (RawServer server = RawServer.always(error(status, code, message, ""))) {
            CloudException failure = failure(server, store -> store.get(KEY, GetOptions.WHOLE));
            assertThat(failure.problem()).isEqualTo(problem);
            assertThat(failure).hasMessageStartingWith(beginning == null ? "" : beginning);
            assertThat(failure.getMessage()).doesNotContain("secret-canary");
        }
    }

    @Test
    void theRightThatIsMissingIsNamed() {
        try (RawServer server = RawServer.always(error(403, "AccessDenied", "Not you", ""))) {
            assertThat(failure(server, store -> store.put(KEY, Payload.of(new byte[1]), PutOptions.REPLACE)))
                    .hasMessageContaining("s3:PutObject");
            assertThat(failure(
                            server,
                            store -> store.list(ListRequest.all(new KeyPrefix("a/")))
                                    .iterator()
                                    .next()))
                    .hasMessageContaining("s3:ListBucket");
            assertThat(failure(server, store -> store.delete(KEY))).hasMessageContaining("s3:DeleteObject");
        }
    }

    @Test
    void aRedirectOfAwsNamesTheRegion() {
        String answer = error(301, "PermanentRedirect", "Use the right endpoint", "x-amz-bucket-region: eu-west-1\r\n");
        try (RawServer server = RawServer.always(answer)) {
            CloudException failure = failure(server, store -> store.get(KEY, GetOptions.WHOLE));
            assertThat(failure.problem()).isEqualTo(Problem.WRONG_REGION);
            assertThat(failure).hasMessageStartingWith("Bucket bucket is not in region us-east-1 but in eu-west-1");
        }
    }

    @ParameterizedTest
    @CsvSource({"-20, 20 minutes ahead", "45, 45 minutes behind", "300, 5 hours behind", "-5000, 3 days ahead"})
    void aWrongClockIsNamedWhateverTheStoreCallsIt(int minutes, String skew) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)
                .plus(Duration.ofMinutes(minutes))
                .plusSeconds(Integer.signum(minutes) * 5L));
        String answer = error(403, "SignatureDoesNotMatch", "Signature expired", "Date: " + date + "\r\n");
        try (RawServer server = RawServer.always(answer)) {
            CloudException failure = failure(
                    server,
                    store -> store.list(ListRequest.all(KeyPrefix.NONE))
                            .iterator()
                            .next());
            assertThat(failure.problem()).isEqualTo(Problem.CLOCK_SKEWED);
            assertThat(failure).hasMessageStartingWith("This computer's clock is " + skew);
        }
    }

    @Test
    void aRefusedHeadIsExplainedByAGet() {
        String loud = error(403, "InvalidAccessKeyId", "Unknown", "");
        String silent = loud.substring(0, loud.indexOf("\r\n\r\n") + 4);
        try (RawServer server = RawServer.answering(request -> request.method().equals("HEAD") ? silent : loud)) {
            assertThat(failure(server, store -> store.head(KEY)).problem()).isEqualTo(Problem.ACCESS_KEY_INVALID);
            assertThat(failure(server, ObjectStore::checkBucket).problem()).isEqualTo(Problem.ACCESS_KEY_INVALID);
            assertThat(server.requests())
                    .extracting(RawServer.Request::line)
                    .containsExactly(
                            "HEAD /bucket/a/b.png",
                            "GET /bucket/a/b.png",
                            "HEAD /bucket",
                            "GET /bucket?list-type=2&max-keys=1");
        }
    }

    @Test
    void aStoreThatHidesWhatIsMissingIsAskedForAListing() {
        String empty = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
        String denied = error(403, "AccessDenied", "not entitled", "");
        try (RawServer server =
                RawServer.answering(request -> request.target().contains("prefix") ? ok(empty) : denied)) {
            CloudException failure =
                    failure(server, store -> store.get(KEY, GetOptions.WHOLE), Quirk.MISSING_KEY_IS_DENIED);
            assertThat(failure.problem()).isEqualTo(Problem.OBJECT_NOT_FOUND);
        }
        try (RawServer server = RawServer.always(denied)) {
            CloudException failure =
                    failure(server, store -> store.get(KEY, GetOptions.WHOLE), Quirk.MISSING_KEY_IS_DENIED);
            assertThat(failure.problem()).isEqualTo(Problem.OBJECT_DENIED_OR_MISSING);
            assertThat(failure).hasMessageStartingWith("Access denied");
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (RawServer elsewhere = RawServer.always(ok(""));
                RawServer server = RawServer.always(
                        "HTTP/1.1 307 Go\r\nLocation: " + elsewhere.uri() + "/x\r\nContent-Length: 0\r\n\r\n")) {
            CloudException failure = failure(server, store -> store.get(KEY, GetOptions.WHOLE));
            assertThat(failure.problem()).isEqualTo(Problem.STORE_REDIRECTS);
            assertThat(failure).hasMessageContaining("127.0.0.1");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void whatTheStoreRepeatsOfOurSecretsIsNotShown() {
        try (RawServer server = RawServer.always(error(400, "Odd", "secret-canary\n\tand access-canary", ""))) {
            assertThat(failure(server, store -> store.get(KEY, GetOptions.WHOLE)))
                    .hasMessageContaining("The store said: Odd: *** and ***.");
        }
    }

    private static CloudException failure(RawServer server, Consumer<ObjectStore> use, Quirk... quirks) {
        try (ObjectStore store = Connections.impatient(
                Connections.to(server.uri(), "bucket", "access-canary", "secret-canary", quirks))) {
            return catchThrowableOfType(CloudException.class, () -> use.accept(store));
        }
    }

    private static String error(int status, String code, String message, String headers) {
        String body = code == null || code.isEmpty()
                ? ""
                : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message><RequestId>1</RequestId></Error>";
        return "HTTP/1.1 " + status + " Status\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
