package comfybucket.cli;

import comfybucket.about.Version;
import comfybucket.error.CloudException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code comfy-bucket}. */
@Command(
        name = "comfy-bucket",
        description = "Cloud storage for ComfyUI: what the nodes do, on a terminal.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLine.VersionOfTheJar.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class})
public final class CommandLine {
    /** Everything went well. */
    static final int OK = 0;

    /** The command failed; the reason is on stderr. */
    static final int FAILED = 1;

    /** The command was not understood. */
    static final int USAGE = 2;

    /** Stopped by Ctrl-C, as shells count it: 128 + SIGINT. */
    static final int INTERRUPTED = 130;

    /** Runs one command line to its end and gives the exit code. */
    public static int run(String... args) {
        picocli.CommandLine commands = new picocli.CommandLine(new CommandLine());
        commands.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (thrown instanceof CloudException problem) {
                command.getErr().println(problem.getMessage());
                return FAILED;
            }
            throw thrown;
        });
        if (args.length == 0) {
            commands.usage(new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8));
            return USAGE;
        }
        return commands.execute(args);
    }

    static final class VersionOfTheJar implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"comfy-bucket " + Version.CURRENT};
        }
    }
}
