package comfybucket.storage.s3;

import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The problems that a store's own error answers stand for, by S3's code where there is one, else by HTTP status. */
final class AnswerProblems {
    private static final Map<String, Problem> BY_CODE = Map.ofEntries(
            Map.entry("NoSuchBucket", Problem.BUCKET_NOT_FOUND),
            Map.entry("InvalidBucketName", Problem.BUCKET_NOT_FOUND),
            Map.entry("NoSuchKey", Problem.OBJECT_NOT_FOUND),
            Map.entry("NoSuchVersion", Problem.OBJECT_NOT_FOUND),
            Map.entry("AccessDenied", Problem.ACCESS_DENIED),
            Map.entry("AllAccessDisabled", Problem.ACCESS_DENIED),
            Map.entry("AccountProblem", Problem.ACCESS_DENIED),
            Map.entry("InvalidAccessKeyId", Problem.ACCESS_KEY_INVALID),
            Map.entry("InvalidSecurity", Problem.ACCESS_KEY_INVALID),
            Map.entry("XAdminUserNotFound", Problem.ACCESS_KEY_INVALID), // versitygw, with status 404
            Map.entry("Unauthorized", Problem.ACCESS_KEY_INVALID),
            Map.entry("SignatureDoesNotMatch", Problem.SIGNATURE_MISMATCH),
            Map.entry("ExpiredToken", Problem.CREDENTIALS_EXPIRED),
            Map.entry("InvalidToken", Problem.CREDENTIALS_EXPIRED),
            Map.entry("TokenRefreshRequired", Problem.CREDENTIALS_EXPIRED),
            Map.entry("RequestTimeTooSkewed", Problem.CLOCK_SKEWED),
            Map.entry("AuthorizationHeaderMalformed", Problem.WRONG_REGION),
            Map.entry("PermanentRedirect", Problem.WRONG_REGION),
            Map.entry("IllegalLocationConstraintException", Problem.WRONG_REGION),
            Map.entry("PreconditionFailed", Problem.OBJECT_CHANGED),
            Map.entry("InvalidRange", Problem.RANGE_NOT_IN_OBJECT),
            Map.entry("InvalidObjectState", Problem.OBJECT_ARCHIVED),
            Map.entry("EntityTooLarge", Problem.OBJECT_TOO_LARGE),
            Map.entry("KeyTooLongError", Problem.KEY_NOT_STORABLE),
            Map.entry("InvalidURI", Problem.KEY_NOT_STORABLE),
            Map.entry("XMinioInvalidObjectName", Problem.KEY_NOT_STORABLE),
            Map.entry("XMinioInvalidResourceName", Problem.KEY_NOT_STORABLE),
            Map.entry("XMinioParentIsObject", Problem.KEY_NOT_STORABLE),
            Map.entry("XMinioObjectExistsAsDirectory", Problem.KEY_NOT_STORABLE),
            Map.entry("ExistingObjectIsDirectory", Problem.KEY_NOT_STORABLE),
            Map.entry("ObjectParentIsFile", Problem.KEY_NOT_STORABLE),
            Map.entry("NoSuchUpload", Problem.UPLOAD_GONE),
            Map.entry("QuotaExceeded", Problem.STORE_FULL),
            Map.entry("XMinioStorageFull", Problem.STORE_FULL),
            Map.entry("SlowDown", Problem.STORE_BUSY),
            Map.entry("TooManyRequests", Problem.STORE_BUSY),
            Map.entry("InternalError", Problem.STORE_FAILED), // also in answers that claim success
            Map.entry("NotImplemented", Problem.STORE_CANNOT));

    private static final Pattern REGION_IN_TEXT = Pattern.compile("expecting '([a-z0-9-]{1,40})'");

    private final S3Connection connection;
    private final boolean throughProxy;
    private final Redaction redaction;

    AnswerProblems(S3Connection connection, boolean throughProxy) {
        this.connection = connection;
        this.throughProxy = throughProxy;
        this.redaction = new Redaction(connection.credentials());
    }

    /** @param values gets what the problem's text needs beyond what it has */
    Problem problem(AwsServiceException answer, Operation operation, Map<String, String> values) {
        values.put("reply", reply(answer));
        values.put("reason", reply(answer));
        Optional<String> skew = ClockSkew.of(Failures.header(answer, "Date"));
        skew.ifPresent(text -> values.put("skew", text));
        Problem problem = isTheProxys(answer) ? Problem.PROXY_FAILED : kind(answer, operation);
        return switch (problem) {
            case SIGNATURE_MISMATCH, ACCESS_DENIED, CLOCK_SKEWED -> skewed(problem, skew, values);
            case WRONG_REGION -> region(answer, values);
            case ACCESS_KEY_INVALID ->
                connection.has(Quirk.MASTER_KEY_UNUSABLE) ? Problem.APPLICATION_KEY_NEEDED : problem;
            case STORE_REDIRECTS -> {
                values.put("place", place(answer));
                yield problem;
            }
            default -> problem;
        };
    }

    /** A proxy that refuses to connect answers in the store's place, without any of what a store's answers carry. */
    private boolean isTheProxys(AwsServiceException answer) {
        return throughProxy
                && Set.of(403, 407, 502, 503, 504).contains(answer.statusCode())
                && Failures.code(answer).isEmpty()
                && Failures.header(answer, "x-amz-request-id").isEmpty();
    }

    private static Problem kind(AwsServiceException answer, Operation operation) {
        String code = Failures.code(answer);
        boolean aboutTheAccessKey = message(answer).toLowerCase(Locale.ROOT).contains("access key");
        if (aboutTheAccessKey && (code.equals("InvalidArgument") || code.equals("InvalidRequest"))) {
            return Problem.ACCESS_KEY_INVALID;
        }
        return Optional.ofNullable(BY_CODE.get(code)).orElseGet(() -> byStatus(answer.statusCode(), code, operation));
    }

    private static Problem byStatus(int status, String code, Operation operation) {
        boolean explained = !code.isEmpty();
        return switch (status) {
            case 301, 302, 303, 307, 308 -> Problem.STORE_REDIRECTS;
            case 401, 403 -> Problem.ACCESS_DENIED;
            case 404 -> explained || operation.isHead() ? notFound(operation) : Problem.STORE_REPLY_UNUSABLE;
            case 407 -> Problem.PROXY_FAILED;
            case 412 -> Problem.OBJECT_CHANGED;
            case 413 -> Problem.OBJECT_TOO_LARGE;
            case 416 -> Problem.RANGE_NOT_IN_OBJECT;
            case 429 -> Problem.STORE_BUSY;
            case 501 -> Problem.STORE_CANNOT;
            case 503 -> explained ? Problem.STORE_FAILED : Problem.STORE_BUSY;
            case 507 -> Problem.STORE_FULL;
            default -> status >= 500 ? Problem.STORE_FAILED : Problem.STORE_REFUSED;
        };
    }

    private static Problem notFound(Operation operation) {
        return operation == Operation.HEAD_BUCKET || operation == Operation.LIST_OBJECTS
                ? Problem.BUCKET_NOT_FOUND
                : Problem.OBJECT_NOT_FOUND;
    }

    /** A clock that is far off makes every signature wrong, whatever the store calls that. */
    private static Problem skewed(Problem problem, Optional<String> skew, Map<String, String> values) {
        values.putIfAbsent("skew", "wrong");
        return skew.isPresent() ? Problem.CLOCK_SKEWED : problem;
    }

    private Problem region(AwsServiceException answer, Map<String, String> values) {
        Matcher text = REGION_IN_TEXT.matcher(message(answer));
        Optional<String> actual = Failures.header(answer, "x-amz-bucket-region")
                .or(() -> text.find() ? Optional.of(text.group(1)) : Optional.empty())
                .filter(region -> region.matches("[A-Za-z0-9-]{1,40}"));
        boolean malformedForAnotherReason = actual.map(connection.region()::equals)
                .orElse(Failures.code(answer).equals("AuthorizationHeaderMalformed"));
        values.put("actual", actual.orElse("another"));
        return malformedForAnotherReason ? Problem.STORE_REFUSED : Problem.WRONG_REGION;
    }

    private String place(AwsServiceException answer) {
        return Failures.header(answer, "Location")
                .map(location -> {
                    try {
                        return Optional.ofNullable(URI.create(location).getHost())
                                .orElse("another path");
                    } catch (IllegalArgumentException e) {
                        return "an unreadable address";
                    }
                })
                .orElse("another address");
    }

    /** The store's own words, as far as they can be shown. */
    private String reply(AwsServiceException answer) {
        String code = Failures.code(answer);
        String message = message(answer);
        String words = message.isEmpty() ? code : code.isEmpty() ? message : code + ": " + message;
        return redaction.shown(words.isEmpty() ? "status " + answer.statusCode() : words);
    }

    private static String message(AwsServiceException answer) {
        return Failures.details(answer)
                .flatMap(details -> Optional.ofNullable(details.errorMessage()))
                .orElse("");
    }
}
