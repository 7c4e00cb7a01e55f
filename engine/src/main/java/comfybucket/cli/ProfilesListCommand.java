package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.error.CloudException;
import comfybucket.profile.Complaint;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the profiles with their providers and buckets, and what is wrong with the file.")
final class ProfilesListCommand implements Callable<Integer> {
    @Mixin
    private final BucketOptions options;

    ProfilesListCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() {
        Lines lines = options.lines();
        Profiles profiles = options.profiles();
        printEnvironment(profiles, lines);
        profiles.names().forEach(name -> print(name, profiles, lines));
        for (Complaint complaint : profiles.complaints()) {
            options.invocation().err().println("comfy-bucket: " + Printable.text(complaint.toString()));
        }
        return CommandLine.OK;
    }

    /** Only where it says enough by itself, and is not told to mean one of the profiles. */
    private void printEnvironment(Profiles profiles, Lines lines) {
        try {
            Profile profile = profiles.resolve(ProfileRef.DEFAULT);
            if (profile.name().equals(ProfileRef.ENVIRONMENT)) {
                print(profile.name(), profile, lines);
            }
        } catch (CloudException incomplete) {
            // Then it is no profile, and nobody asked for it.
        }
    }

    private void print(String name, Profiles profiles, Lines lines) {
        try {
            Profile profile = profiles.resolve(options.named(name));
            print(name, profile, lines);
        } catch (CloudException unusable) {
            lines.print(
                    () -> String.format(
                            Locale.ROOT, "%-20s  not usable: %s", name, Printable.text(unusable.getMessage())),
                    () -> {
                        JsonObject line = new JsonObject();
                        line.addProperty("name", name);
                        line.addProperty("usable", false);
                        line.addProperty("problem", unusable.problem().code());
                        line.addProperty("message", unusable.getMessage());
                        return line;
                    });
        }
    }

    private static void print(String name, Profile profile, Lines lines) {
        String place = "s3://" + profile.keys().bucket() + "/" + profile.keys().prefix();
        lines.print(
                () -> String.format(
                        Locale.ROOT,
                        "%-20s  %s, %s",
                        Printable.text(name),
                        profile.provider().name(),
                        Printable.text(place)),
                () -> {
                    JsonObject line = new JsonObject();
                    line.addProperty("name", name);
                    line.addProperty("usable", true);
                    line.addProperty("provider", profile.provider().name());
                    line.addProperty("bucket", profile.keys().bucket());
                    line.addProperty("path_prefix", profile.keys().prefix().value());
                    return line;
                });
    }
}
