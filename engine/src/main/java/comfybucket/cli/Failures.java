package comfybucket.cli;

import comfybucket.error.CloudException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

/** How the end of a command that failed is told: one sentence for people, one line of JSON for programs. */
final class Failures {
    static ExitCode report(Exception thrown, picocli.CommandLine command, boolean trace) {
        boolean json = command.getParseResult().hasMatchedOption("--json");
        return switch (thrown) {
            case CancellationException stopped -> ExitCode.INTERRUPTED;
            case InterruptedException stopped -> ExitCode.INTERRUPTED;
            case CloudException problem -> {
                tell(command, json, problem.problem().code(), problem.getMessage());
                yield ExitCode.of(problem.problem());
            }
            case IOException failed -> {
                tell(command, json, "io", "It failed: " + reason(failed));
                yield ExitCode.FAILED;
            }
            case UncheckedIOException failed -> {
                tell(command, json, "io", "It failed: " + reason(failed.getCause()));
                yield ExitCode.FAILED;
            }
            default -> {
                String kind = thrown.getClass().getSimpleName();
                tell(
                        command,
                        json,
                        "unforeseen",
                        "An error that nobody foresaw (" + kind
                                + "). Run it again with --trace and report what it prints.");
                if (trace) {
                    thrown.printStackTrace(command.getErr());
                }
                yield ExitCode.FAILED;
            }
        };
    }

    private static void tell(picocli.CommandLine command, boolean json, String code, String message) {
        if (json) {
            command.getErr().println(Lines.error(code, message));
        } else {
            command.getErr().println("comfy-bucket: " + Printable.text(message));
        }
    }

    private static String reason(IOException failed) {
        String message = failed.getMessage();
        return message == null
                ? failed.getClass().getSimpleName()
                : failed.getClass().getSimpleName() + ", " + message;
    }

    private Failures() {}
}
