package comfybucket.profile;

import java.nio.file.Path;
import java.util.Optional;

/** Where {@code profiles.json} is. The pack's list of names follows the same rule. */
public final class ProfilesPlace {
    private static final String FILE = "profiles.json";

    private ProfilesPlace() {}

    /**
     * The file that {@code --profiles} or {@code COMFY_S3_PROFILES} names, or else the one in ComfyUI's folder for
     * secrets, or else in the system's folder for settings. It need not exist.
     *
     * @param option {@code --profiles}
     * @param secrets the folder that ComfyUI keeps for us and does not serve over HTTP, where the pack or the
     *     installation has told it
     */
    public static Path find(Machine machine, Optional<Path> option, Optional<Path> secrets) {
        return option.or(() -> machine.variable("COMFY_S3_PROFILES").map(named -> machine.path(named.strip())))
                .orElseGet(() -> secrets.orElseGet(machine::configFolder).resolve(FILE))
                .toAbsolutePath();
    }
}
