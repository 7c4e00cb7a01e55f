package comfybucket.storage.s3;

import comfybucket.http.TunnelRefusedException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tells failures that pass from those that stay. */
final class Failures {
    private static final Set<String> BUSY_CODES =
            Set.of("SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests");
    /** Answers below 500 that say nothing about the request itself: races, and bodies that arrived late or damaged. */
    private static final Set<String> PASSING_CODES = Set.of(
            "RequestTimeout",
            "RequestTimeoutException",
            "OperationAborted",
            "ConditionalRequestConflict",
            "BadDigest",
            "XAmzContentSHA256Mismatch",
            "IncompleteBody",
            "InternalError");

    private static final Set<Integer> PASSING_STATUS = Set.of(408, 500, 502, 503, 504);

    private Failures() {}

    static Failure of(RuntimeException failure, Operation operation) {
        return switch (failure) {
            case AwsServiceException answer -> isNotOfS3(answer, operation) ? passing() : ofAnswer(answer);
            case SdkClientException broken -> isLasting(broken) ? new Failure.Final() : passing();
            case BadReplyException garbage -> passing();
            default -> new Failure.Final();
        };
    }

    /** The code in an error's XML; empty when there is none, as in every answer to HEAD. */
    static String code(AwsServiceException answer) {
        return details(answer).map(AwsErrorDetails::errorCode).orElse("");
    }

    static Optional<AwsErrorDetails> details(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails());
    }

    static Optional<String> header(AwsServiceException answer, String name) {
        return details(answer)
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader(name));
    }

    /** The first of the kind among a failure and its causes. */
    static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
        return causes(failure).filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause).limit(20);
    }

    private static Failure ofAnswer(AwsServiceException answer) {
        String code = code(answer);
        int status = answer.statusCode();
        boolean busy = BUSY_CODES.contains(code) || status == 429 || (status == 503 && code.isEmpty());
        if (busy || PASSING_CODES.contains(code) || PASSING_STATUS.contains(status)) {
            return new Failure.Passing(busy, header(answer, "Retry-After").flatMap(Failures::seconds));
        }
        return new Failure.Final();
    }

    private static boolean isLasting(SdkClientException broken) {
        Predicate<Throwable> lasting = cause -> cause instanceof RefusedAddressException
                || cause instanceof CertificateException
                || (cause instanceof TunnelRefusedException refused && refused.status() < 500)
                || cause instanceof ReceivedStream.AnswerTooLongException
                || cause instanceof CredentialsException
                || cause instanceof PayloadException;
        // Without a cause it is the SDK that refuses, not the network that fails.
        return broken.getCause() == null || causes(broken).anyMatch(lasting);
    }

    /** S3 says with a code what is not found, except to HEAD; what lacks it was cut short, or comes from something else. */
    private static boolean isNotOfS3(AwsServiceException answer, Operation operation) {
        return answer.statusCode() == 404 && code(answer).isEmpty() && !operation.isHead();
    }

    private static Failure passing() {
        return new Failure.Passing(false, Optional.empty());
    }

    /** Retry-After may also be a date, which says nothing to a clock that may be wrong. */
    private static Optional<Duration> seconds(String retryAfter) {
        return retryAfter.matches("[0-9]{1,4}")
                ? Optional.of(Duration.ofSeconds(Integer.parseInt(retryAfter)))
                : Optional.empty();
    }
}
