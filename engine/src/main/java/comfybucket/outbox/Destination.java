package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.ProfileRef;
import java.util.Map;
import java.util.Optional;

/**
 * Where a job goes: the bucket that was meant when it was accepted, and the names of the settings to reach it with,
 * which are read anew at each try. No secret is ever part of it.
 *
 * @param settings the profile and what a node chose instead of its settings
 * @param endpoint the store, as {@link comfybucket.profile.Profile#endpointName} tells it
 */
record Destination(ProfileRef settings, String endpoint, String bucket) {
    /** @param chosen what the bucket was opened with */
    static Destination of(ProfileRef chosen, Bucket bucket) {
        // By its name: another default may be chosen before the job is sent.
        ProfileRef named = new ProfileRef(
                Optional.of(bucket.profile().name()), chosen.provider(), chosen.bucket(), chosen.pathPrefix());
        return new Destination(
                named, bucket.profile().endpointName(), bucket.keys().bucket());
    }

    /** As people know the profile. */
    String profile() {
        return settings.profile().orElse(ProfileRef.ENVIRONMENT);
    }

    /**
     * What was accepted for one bucket never goes to another.
     *
     * @throws CloudException {@link Problem#DESTINATION_CHANGED}
     */
    void requireSame(Bucket bucket) {
        String there = bucket.keys().bucket() + " at " + bucket.profile().endpointName();
        String wanted = this.bucket + " at " + endpoint;
        if (!there.equals(wanted)) {
            throw new CloudException(
                    Problem.DESTINATION_CHANGED, Map.of("profile", profile(), "actual", there, "wanted", wanted));
        }
    }
}
