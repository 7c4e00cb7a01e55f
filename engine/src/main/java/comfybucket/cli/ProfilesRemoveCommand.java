package comfybucket.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Takes a profile out of the file, without asking. The bucket stays as it is.")
final class ProfilesRemoveCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options;

    @Mixin
    private final DryRun dryRun = new DryRun();

    @Parameters(index = "0", paramLabel = "NAME", description = "The profile.")
    private String name = "";

    ProfilesRemoveCommand(Invocation invocation) {
        this.options = new SettingsOptions(invocation);
    }

    @Override
    public Integer call() {
        ProfileChange change = new ProfileChange(options, options.profiles(), dryRun, name);
        change.requireThere();
        change.remove();
        return CommandLine.OK;
    }
}
