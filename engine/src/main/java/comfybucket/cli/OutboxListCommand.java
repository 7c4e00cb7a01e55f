package comfybucket.cli;

import comfybucket.error.Amount;
import comfybucket.outbox.JobInfo;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, description = "Shows the jobs, and why they are still there.")
final class OutboxListCommand implements Callable<Integer> {
    @Mixin
    private final OutboxOptions options;

    OutboxListCommand(Invocation invocation) {
        this.options = new OutboxOptions(invocation);
    }

    @Override
    public Integer call() throws IOException {
        Lines lines = options.lines();
        List<JobInfo> jobs = options.desk().list();
        for (JobInfo job : jobs) {
            lines.print(() -> text(job), () -> OutboxOptions.line(job));
        }
        if (jobs.isEmpty()) {
            lines.note("Nothing waits for its upload.");
        }
        return CommandLine.OK;
    }

    private static String text(JobInfo job) {
        String state = job.state().name().toLowerCase(Locale.ROOT);
        String line =
                String.format(Locale.ROOT, "%-8s %10s  %s", state, Amount.of(job.size()), OutboxOptions.text(job));
        return line
                + job.failure()
                        .map(failure -> System.lineSeparator() + "         " + Printable.text(failure.message()))
                        .orElse("");
    }
}
