package comfybucket.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "profiles",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, shows, tests and changes profiles.")
final class ProfilesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    static picocli.CommandLine of(Invocation invocation) {
        return new picocli.CommandLine(new ProfilesCommand())
                .addSubcommand(new ProfilesListCommand(invocation))
                .addSubcommand(new ProfilesShowCommand(invocation))
                .addSubcommand(new ProfilesTestCommand(invocation))
                .addSubcommand(new ProfilesAddCommand(invocation))
                .addSubcommand(new ProfilesEditCommand(invocation))
                .addSubcommand(new ProfilesRemoveCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: which of its commands");
    }
}
