package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.Counters;
import comfybucket.naming.LocalClock;
import comfybucket.naming.Namer;
import comfybucket.outbox.Desk;
import comfybucket.outbox.JobInfo;
import comfybucket.outbox.Outbox;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** The outbox that a command works on, and how it tells about jobs. */
final class OutboxOptions {
    @Mixin
    private final SettingsOptions settings;

    OutboxOptions(Invocation invocation) {
        this.settings = new SettingsOptions(invocation);
    }

    /** What is done with each of some jobs. */
    interface Work {
        /** @return what became of it, such as {@code sent} */
        String run(Desk desk, JobInfo job) throws IOException;
    }

    Lines lines() {
        return settings.lines();
    }

    Desk desk() {
        return outbox(buckets()).desk();
    }

    private Buckets buckets() {
        return Buckets.remembering(
                settings.profiles()::resolve, settings.invocation().machine().storesFolder());
    }

    private Outbox outbox(Buckets buckets) {
        Namer namer = new Namer(new LocalClock(), new SecureRandom(), Counters.inMemory());
        return new Outbox(settings.outboxFolder(), buckets::open, namer, notice -> {});
    }

    /**
     * One job after the other; one that fails leaves the others alone.
     *
     * @param wanted the names of the jobs; none for all
     */
    int forEach(List<String> wanted, Work work) throws IOException {
        Lines lines = lines();
        int done = 0;
        ExitCode failed = ExitCode.OK;
        try (Buckets buckets = buckets();
                Outbox outbox = outbox(buckets)) {
            Desk desk = outbox.desk();
            for (JobInfo job : chosen(desk, wanted)) {
                JsonObject line = line(job);
                try {
                    String state = work.run(desk, job);
                    line.addProperty("state", state);
                    lines.print(() -> state + "  " + text(job), () -> line);
                    done++;
                } catch (CloudException failure) {
                    if (wanted.isEmpty() && failure.problem() == Problem.JOB_NOT_FOUND) {
                        // Another process has sent it since the outbox was read.
                        continue;
                    }
                    line.addProperty("state", "failed");
                    line.addProperty("code", failure.problem().code());
                    line.addProperty("message", failure.getMessage());
                    lines.printFailure(settings.invocation().err(), job.id() + ": " + failure.getMessage(), line);
                    failed = failed == ExitCode.OK ? ExitCode.of(failure.problem()) : failed;
                }
            }
        }
        return (failed != ExitCode.OK && done > 0 ? ExitCode.PARTLY : failed).number();
    }

    private static List<JobInfo> chosen(Desk desk, List<String> wanted) throws IOException {
        List<JobInfo> all = desk.list();
        if (wanted.isEmpty()) {
            return all;
        }
        return wanted.stream()
                .map(id -> all.stream()
                        .filter(job -> job.id().value().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new CloudException(Problem.JOB_NOT_FOUND, Map.of("job", id))))
                .toList();
    }

    static String text(JobInfo job) {
        return job.id() + "  " + Printable.text(job.uri().orElse(job.file().toString()));
    }

    static JsonObject line(JobInfo job) {
        JsonObject line = new JsonObject();
        line.addProperty("job", job.id().value());
        line.addProperty("state", job.state().name().toLowerCase(Locale.ROOT));
        job.uri().ifPresent(uri -> line.addProperty("uri", uri));
        line.addProperty("size", job.size());
        job.profile().ifPresent(profile -> line.addProperty("profile", profile));
        job.created().ifPresent(created -> line.addProperty("created", created.toString()));
        line.addProperty("file", job.file().toString());
        job.failure().ifPresent(failure -> {
            line.addProperty("code", failure.code());
            line.addProperty("message", failure.message());
        });
        return line;
    }
}
