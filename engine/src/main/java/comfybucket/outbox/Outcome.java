package comfybucket.outbox;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectKey;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/** What came of one try to send a job. */
sealed interface Outcome {
    /**
     * Where it is in the bucket.
     *
     * @param kept makes what is thrown of a cause for which the job stays in the outbox
     * @throws CancellationException when there is no job any more
     */
    ObjectKey key(UnaryOperator<CloudException> kept);

    /** It is in the bucket. */
    record Sent(ObjectKey key) implements Outcome {
        @Override
        public ObjectKey key(UnaryOperator<CloudException> kept) {
            return key;
        }
    }

    /** The store could not be reached, or does not work; it will one day. */
    record Waits(CloudException cause) implements Outcome {
        @Override
        public ObjectKey key(UnaryOperator<CloudException> kept) {
            throw kept.apply(cause);
        }
    }

    /** Somebody has to do something about it first. */
    record Held(CloudException cause) implements Outcome {
        @Override
        public ObjectKey key(UnaryOperator<CloudException> kept) {
            throw kept.apply(cause);
        }
    }

    /** It belongs to another process by now, or the user has removed it. */
    record Gone() implements Outcome {
        @Override
        public ObjectKey key(UnaryOperator<CloudException> kept) {
            throw new CancellationException("The job was removed from the outbox");
        }
    }

    /** What passes without anybody changing the settings. */
    Set<Problem> PASSING = EnumSet.of(
            Problem.ENDPOINT_UNREACHABLE,
            Problem.TLS_FAILED,
            Problem.PROXY_FAILED,
            Problem.STORE_SILENT,
            Problem.STORE_BUSY,
            Problem.STORE_FAILED,
            Problem.STORE_FULL,
            Problem.STORE_REPLY_UNUSABLE,
            Problem.STORE_REDIRECTS);

    /** What the user mends by changing the settings. */
    Set<Problem> OF_SETTINGS = EnumSet.of(
            Problem.ACCESS_KEY_MISSING,
            Problem.SECRET_KEY_MISSING,
            Problem.BUCKET_MISSING,
            Problem.PROVIDER_UNKNOWN,
            Problem.R2_ACCOUNT_MISSING,
            Problem.ENDPOINT_MISSING,
            Problem.ENDPOINT_PLAIN_HTTP,
            Problem.SETTING_NOT_USABLE,
            Problem.PROFILE_NOT_FOUND,
            Problem.PROFILE_BROKEN,
            Problem.PROFILES_FILE_BROKEN,
            Problem.PROFILES_FILE_NOT_READABLE,
            Problem.PROVIDER_OVERRIDE_REFUSED,
            Problem.BUCKET_OVERRIDE_REFUSED,
            Problem.PROFILE_READ_ONLY,
            Problem.DEFAULT_CHAIN_NOT_AWS,
            Problem.CA_BUNDLE_NOT_READABLE,
            Problem.BUCKET_NOT_FOUND,
            Problem.ACCESS_DENIED,
            Problem.ACCESS_KEY_INVALID,
            Problem.APPLICATION_KEY_NEEDED,
            Problem.CREDENTIALS_EXPIRED,
            Problem.CREDENTIALS_NOT_FOUND,
            Problem.ROLE_REFUSED,
            Problem.SIGNATURE_MISMATCH,
            Problem.WRONG_REGION,
            Problem.ENDPOINT_FORBIDDEN,
            Problem.STORE_REFUSED,
            Problem.STORE_CANNOT,
            Problem.DESTINATION_CHANGED);

    /** Whether it is worth another try when the settings have changed. */
    static boolean isOfSettings(Failure failure) {
        return OF_SETTINGS.stream().anyMatch(problem -> problem.code().equals(failure.code()));
    }

    static boolean passes(CloudException cause) {
        return PASSING.contains(cause.problem());
    }

    static Outcome failed(CloudException cause) {
        return passes(cause) ? new Waits(cause) : new Held(cause);
    }
}
