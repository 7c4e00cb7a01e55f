package comfybucket.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Gives jobs up, without asking: what is kept of them is removed. export saves it before.")
final class OutboxCancelCommand implements Callable<Integer> {
    @Mixin
    private final OutboxOptions options;

    @Parameters(arity = "1..*", paramLabel = "JOB", description = "A job, as list names it.")
    private List<String> jobs = List.of();

    OutboxCancelCommand(Invocation invocation) {
        this.options = new OutboxOptions(invocation);
    }

    @Override
    public Integer call() throws IOException {
        return options.forEach(jobs, (desk, job) -> {
            desk.cancel(job.id());
            return "cancelled";
        });
    }
}
