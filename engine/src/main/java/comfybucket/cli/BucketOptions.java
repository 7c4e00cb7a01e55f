package comfybucket.cli;

import comfybucket.connect.Buckets;
import comfybucket.profile.InstalledComfyUI;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.profile.ProfilesPlace;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which bucket a command works in and how it speaks: the options that every command has. */
final class BucketOptions {
    private final Invocation invocation;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The profile; otherwise the one that COMFY_S3_PROFILE names, or the environment alone.")
    private String profile = "";

    @Option(
            names = "--profiles",
            paramLabel = "FILE",
            description = "The file with the profiles; otherwise the one that COMFY_S3_PROFILES names, or ComfyUI's.")
    private Optional<Path> profiles = Optional.empty();

    @Option(names = "--bucket", paramLabel = "NAME", description = "Another bucket than the profile's.")
    private String bucket = "";

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Another path_prefix than the profile's.")
    private String prefix = "";

    @Option(names = "--json", description = "Print a JSON object a line, for programs.")
    private boolean json;

    BucketOptions(Invocation invocation) {
        this.invocation = invocation;
    }

    Profiles profiles() {
        return new Profiles(
                invocation.machine(),
                ProfilesPlace.find(invocation.machine(), profiles, InstalledComfyUI.secrets(invocation.machine())));
    }

    ProfileRef chosen() {
        return new ProfileRef(profile, "", bucket, prefix);
    }

    /** The same bucket and prefix choices with a profile that was named as an argument. */
    ProfileRef named(String name) {
        return new ProfileRef(name, "", bucket, prefix);
    }

    Buckets buckets() {
        return new Buckets(profiles()::resolve);
    }

    Lines lines() {
        return new Lines(invocation.out(), json);
    }

    /** Whether bars are drawn: for somebody who looks on, and not into the output of a program. */
    boolean showsProgress() {
        return invocation.interactive() && !json;
    }

    Invocation invocation() {
        return invocation;
    }
}
