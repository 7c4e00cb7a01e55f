package comfybucket.cli;

import comfybucket.outbox.JobInfo;
import comfybucket.transfer.Landing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Saves the files of jobs in a folder of this machine; the jobs stay in the outbox.")
final class OutboxExportCommand implements Callable<Integer> {
    @Mixin
    private final OutboxOptions options;

    @Option(names = "--to", paramLabel = "FOLDER", required = true, description = "The folder.")
    private Path to = Path.of("");

    @Parameters(arity = "0..*", paramLabel = "JOB", description = "A job, as list names it; all unless some are named.")
    private List<String> jobs = List.of();

    OutboxExportCommand(Invocation invocation) {
        this.options = new OutboxOptions(invocation);
    }

    @Override
    public Integer call() throws IOException {
        Landing landing = new Landing(to);
        return options.forEach(jobs, (desk, job) -> {
            Path file = landing.file(name(job));
            landing.prepare(file);
            desk.export(job.id(), file);
            return "exported";
        });
    }

    /** The last part of the key, which two jobs may have in common. */
    private static String name(JobInfo job) {
        String uri = job.uri().orElse(job.file().getFileName().toString());
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
