package comfybucket.node;

import comfybucket.connect.Buckets;
import comfybucket.profile.ProfileRef;

/** Checks that a profile is usable and passes on its name; what it holds never leaves the engine. */
final class CloudStorageProfile implements Node<CloudStorageProfile.Inputs> {
    private final Buckets buckets;

    CloudStorageProfile(Buckets buckets) {
        this.buckets = buckets;
    }

    record Inputs(String profile, String provider, String bucket, String pathPrefix) {
        Inputs {
            profile = Given.or(profile, ProfileRef.ENVIRONMENT);
            provider = Given.or(provider, ProfileRef.FROM_PROFILE);
            bucket = Given.or(bucket, "");
            pathPrefix = Given.or(pathPrefix, "");
        }
    }

    @Override
    public String id() {
        return "CloudStorageProfile";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public NodeResult run(Inputs inputs, RunContext context) {
        ProfileRef chosen = new ProfileRef(inputs.profile(), inputs.provider(), inputs.bucket(), inputs.pathPrefix());
        buckets.check(chosen);
        return NodeResult.of(Ui.NONE, chosen.toJson());
    }
}
