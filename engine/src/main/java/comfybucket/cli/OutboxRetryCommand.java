package comfybucket.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Sends jobs now, all of them unless some are named.")
final class OutboxRetryCommand implements Callable<Integer> {
    @Mixin
    private final OutboxOptions options;

    @Parameters(arity = "0..*", paramLabel = "JOB", description = "A job, as list names it.")
    private List<String> jobs = List.of();

    OutboxRetryCommand(Invocation invocation) {
        this.options = new OutboxOptions(invocation);
    }

    @Override
    public Integer call() throws IOException {
        return options.forEach(jobs, (desk, job) -> {
            var _ = desk.retry(job.id(), bytes -> {});
            return "sent";
        });
    }
}
