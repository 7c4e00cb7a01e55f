package comfybucket.cli;

import comfybucket.about.Version;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code comfy-bucket}: puts its commands together and runs one of them. */
@Command(
        name = "comfy-bucket",
        description = "Cloud storage for ComfyUI: what the nodes do, on a terminal.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLine.VersionOfTheJar.class,
        synopsisSubcommandLabel = "COMMAND")
public final class CommandLine {
    /** Everything went well. */
    static final int OK = ExitCode.OK.number();

    /** The command failed; the reason is on stderr. */
    static final int FAILED = ExitCode.FAILED.number();

    @Option(
            names = "--trace",
            scope = ScopeType.INHERIT,
            description = "Show where an error that nobody foresaw came from, for a report.")
    private boolean trace;

    private CommandLine() {}

    /** Runs one command line of this process to its end and gives the exit code. */
    public static int run(String... args) {
        return Interruption.guard(() -> run(Invocation.ofThisProcess(), args));
    }

    static int run(Invocation invocation, String... args) {
        picocli.CommandLine commands = commands(invocation);
        try {
            if (args.length == 0) {
                commands.usage(invocation.err());
                return ExitCode.USAGE.number();
            }
            return commands.execute(args);
        } finally {
            invocation.out().flush();
            invocation.err().flush();
        }
    }

    static picocli.CommandLine commands(Invocation invocation) {
        CommandLine root = new CommandLine();
        picocli.CommandLine commands = new picocli.CommandLine(root);
        List.of(
                        new DemoCommand(),
                        new DoctorCommand(invocation),
                        new LsCommand(invocation),
                        new PushCommand(invocation),
                        new PullCommand(invocation),
                        new RmCommand(invocation),
                        new ShareCommand(invocation),
                        new ServeCommand(invocation),
                        ModelsCommand.of(invocation),
                        OutboxCommand.of(invocation),
                        ProfilesCommand.of(invocation),
                        new CompletionCommand())
                .forEach(commands::addSubcommand);
        return commands.setOut(invocation.out())
                .setErr(invocation.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((thrown, command, parsed) ->
                        Failures.report(thrown, command, root.trace).number());
    }

    static final class VersionOfTheJar implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"comfy-bucket " + Version.CURRENT};
        }
    }
}
