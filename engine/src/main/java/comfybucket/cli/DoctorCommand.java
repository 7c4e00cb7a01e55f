package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.doctor.Doctor;
import comfybucket.doctor.Finding;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at a profile from end to end and says what to change. It writes a few small objects and removes them"
                    + " again, unless the profile is read-only."
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final BucketOptions options;

    DoctorCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() {
        Lines lines = options.lines();
        Doctor doctor = new Doctor(options.invocation().machine());
        boolean well = doctor.examine(options.profiles().resolve(options.chosen()), finding -> print(finding, lines));
        return (well ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static void print(Finding finding, Lines lines) {
        String verdict = finding.verdict().name().toLowerCase(Locale.ROOT);
        lines.print(
                () -> String.format(
                        Locale.ROOT, "%-8s %-12s %s", verdict, finding.check(), Printable.text(finding.message())),
                () -> {
                    JsonObject line = new JsonObject();
                    line.addProperty("check", finding.check());
                    line.addProperty("verdict", verdict);
                    line.addProperty("message", finding.message());
                    return line;
                });
    }
}
