package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.EnumSet;
import java.util.Set;

/** What a store says at once to whoever asks for the bucket, and what no later try would change. */
final class BucketRefusal {
    /** Not {@link Problem#ACCESS_DENIED}: who may write need not be allowed to look at the bucket. */
    private static final Set<Problem> LASTING = EnumSet.of(
            Problem.BUCKET_NOT_FOUND,
            Problem.ACCESS_KEY_INVALID,
            Problem.APPLICATION_KEY_NEEDED,
            Problem.SIGNATURE_MISMATCH,
            Problem.CREDENTIALS_EXPIRED,
            Problem.CREDENTIALS_NOT_FOUND,
            Problem.ROLE_REFUSED,
            Problem.CLOCK_SKEWED,
            Problem.WRONG_REGION,
            Problem.ENDPOINT_FORBIDDEN,
            Problem.ENDPOINT_PLAIN_HTTP);

    /** @throws CloudException when nothing can be saved before somebody changes the settings */
    static void tell(Bucket bucket) {
        try {
            bucket.store().checkBucket();
        } catch (CloudException failed) {
            if (LASTING.contains(failed.problem())) {
                throw failed;
            }
        }
    }

    private BucketRefusal() {}
}
