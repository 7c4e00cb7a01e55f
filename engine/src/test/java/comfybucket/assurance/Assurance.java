package comfybucket.assurance;

import comfybucket.about.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Figures of test runs. Each is printed; those of long runs ({@code -Dlong}, as {@code ./test --long} sets it) also
 * become a row of {@code docs/assurance.md}, in the place of the same run's last row.
 */
public final class Assurance {
    private Assurance() {}

    public static boolean isLong() {
        return System.getProperty("long") != null;
    }

    /** How much is done: a little at each commit, more in a long run. */
    public static int cases(int everyCommit, int longRun) {
        return isLong() ? longRun : everyCommit;
    }

    /**
     * Tells what a run has shown; called when it has succeeded.
     *
     * @param run what was done, the same words each time
     * @param figure what came of it, such as {@code 10,000 flips, 0 accepted (seed 5)}
     */
    public static void shown(Promise promise, String run, String figure) {
        System.out.println("Assurance: " + promise.text() + ": " + run + ": " + figure);
        if (isLong()) {
            record(Path.of("..", "docs", "assurance.md"), new Row(promise, run, figure, circumstances()));
        }
    }

    /** One process at a time, so that no row is lost. */
    static void record(Path page, Row row) {
        try (FileChannel file = FileChannel.open(
                        page, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var _ = file.lock()) {
            Files.writeString(
                    page, AssurancePage.of(Files.readString(page)).with(row).text());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String circumstances() {
        return "%s, version %s, Java %s, %s %s, %d processors"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Version.CURRENT,
                        System.getProperty("java.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors());
    }
}
