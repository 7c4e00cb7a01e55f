package comfybucket.cli;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.Profiles;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Adds a profile: add outputs provider='Backblaze B2' access_key=… bucket=… region=…")
final class ProfilesAddCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options;

    @Mixin
    private final DryRun dryRun = new DryRun();

    @Mixin
    private final FieldArguments fields = new FieldArguments();

    ProfilesAddCommand(Invocation invocation) {
        this.options = new SettingsOptions(invocation);
    }

    @Override
    public Integer call() throws IOException {
        Profiles profiles = options.profiles();
        String name = fields.profile();
        if (profiles.names().contains(name)) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of(
                            "input", name,
                            "reason", "there is a profile of this name",
                            "allowed", "another name, or change it with profiles edit"));
        }
        new ProfileChange(options, profiles, dryRun, name).add(fields.read(options.invocation(), dryRun));
        return CommandLine.OK;
    }
}
