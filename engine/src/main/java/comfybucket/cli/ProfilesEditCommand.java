package comfybucket.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        description = "Changes fields of a profile and keeps the others: edit outputs read_only=true region=")
final class ProfilesEditCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options;

    @Mixin
    private final DryRun dryRun = new DryRun();

    @Mixin
    private final FieldArguments fields = new FieldArguments();

    ProfilesEditCommand(Invocation invocation) {
        this.options = new SettingsOptions(invocation);
    }

    @Override
    public Integer call() throws IOException {
        ProfileChange change = new ProfileChange(options, options.profiles(), dryRun, fields.profile());
        change.requireThere();
        change.edit(fields.read(options.invocation(), dryRun));
        return CommandLine.OK;
    }
}
