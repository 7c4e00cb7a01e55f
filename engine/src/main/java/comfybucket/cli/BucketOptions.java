package comfybucket.cli;

import comfybucket.connect.Buckets;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which bucket a command works in. */
final class BucketOptions {
    @Mixin
    private final SettingsOptions settings;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The profile; otherwise the one that COMFY_S3_PROFILE names, or the environment alone.")
    private String profile = "";

    @Option(names = "--bucket", paramLabel = "NAME", description = "Another bucket than the profile's.")
    private String bucket = "";

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Another path_prefix than the profile's.")
    private String prefix = "";

    BucketOptions(Invocation invocation) {
        this.settings = new SettingsOptions(invocation);
    }

    /** Whether any of these options was given. */
    boolean namesABucket() {
        return !(profile + bucket + prefix).isEmpty();
    }

    ProfileRef chosen() {
        return named(profile);
    }

    /** The same bucket and prefix choices with a profile that was named as an argument. */
    ProfileRef named(String name) {
        return new ProfileRef(name, "", bucket, prefix);
    }

    Buckets buckets() {
        return Buckets.remembering(profiles()::resolve, invocation().machine().storesFolder());
    }

    Path outboxFolder() {
        return settings.outboxFolder();
    }

    Profiles profiles() {
        return settings.profiles();
    }

    Lines lines() {
        return settings.lines();
    }

    boolean showsProgress() {
        return settings.showsProgress();
    }

    Invocation invocation() {
        return settings.invocation();
    }
}
