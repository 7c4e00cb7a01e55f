package comfybucket.cli;

import comfybucket.outbox.OutboxPlace;
import comfybucket.profile.InstalledComfyUI;
import comfybucket.profile.Profiles;
import comfybucket.profile.ProfilesPlace;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the settings are and how a command speaks: the options that every command has. */
final class SettingsOptions {
    private final Invocation invocation;

    @Option(
            names = "--profiles",
            paramLabel = "FILE",
            description = "The file with the profiles; otherwise the one that COMFY_S3_PROFILES names, or ComfyUI's.")
    private Optional<Path> profiles = Optional.empty();

    @Option(names = "--json", description = "Print a JSON object a line, for programs.")
    private boolean json;

    SettingsOptions(Invocation invocation) {
        this.invocation = invocation;
    }

    Profiles profiles() {
        return new Profiles(invocation.machine(), file());
    }

    /** Where files wait for their upload; it need not exist. */
    Path outboxFolder() {
        return OutboxPlace.find(file(), invocation.machine().dataFolder());
    }

    private Path file() {
        return ProfilesPlace.find(invocation.machine(), profiles, InstalledComfyUI.secrets(invocation.machine()));
    }

    Lines lines() {
        return new Lines(invocation.out(), json);
    }

    /** Whether bars are drawn: for somebody who looks on, and not into the output of a program. */
    boolean showsProgress() {
        return invocation.interactive() && !json;
    }

    Invocation invocation() {
        return invocation;
    }
}
