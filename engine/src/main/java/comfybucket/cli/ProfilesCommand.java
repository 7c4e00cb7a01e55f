package comfybucket.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "profiles",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at the profiles: which there are, what they say, whether they work.")
final class ProfilesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    static picocli.CommandLine of(Invocation invocation) {
        return new picocli.CommandLine(new ProfilesCommand())
                .addSubcommand(new ProfilesListCommand(invocation))
                .addSubcommand(new ProfilesShowCommand(invocation))
                .addSubcommand(new ProfilesTestCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: which of its commands");
    }
}
