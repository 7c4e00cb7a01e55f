package comfybucket.cli;

import picocli.CommandLine.Option;

/** For commands that change something. */
final class DryRun {
    @Option(
            names = {"-n", "--dry-run"},
            description = "Change nothing; show what would be done.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }
}
