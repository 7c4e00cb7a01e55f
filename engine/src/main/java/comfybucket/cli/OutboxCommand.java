package comfybucket.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "outbox",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Shows what was saved and is not in its bucket yet, sends it, saves it elsewhere, or gives it up.")
final class OutboxCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    static picocli.CommandLine of(Invocation invocation) {
        return new picocli.CommandLine(new OutboxCommand())
                .addSubcommand(new OutboxListCommand(invocation))
                .addSubcommand(new OutboxRetryCommand(invocation))
                .addSubcommand(new OutboxCancelCommand(invocation))
                .addSubcommand(new OutboxExportCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: which of its commands");
    }
}
