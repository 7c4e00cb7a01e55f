package comfybucket.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Moves models between this machine and a bucket.")
final class ModelsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    static picocli.CommandLine of(Invocation invocation) {
        return new picocli.CommandLine(new ModelsCommand())
                .addSubcommand(new ModelsPullCommand(invocation))
                .addSubcommand(new ModelsPushCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: which of its commands");
    }
}
