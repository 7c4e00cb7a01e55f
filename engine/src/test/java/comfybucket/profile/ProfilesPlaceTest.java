package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesPlaceTest {
    private static final Path HOME = Path.of("/home/ann");

    @Test
    void theOptionThenTheVariableThenComfyUIsFolderThenTheSystems() {
        Machine machine = machine("Linux", Map.of("COMFY_S3_PROFILES", "~/mine.json"));
        Optional<Path> option = Optional.of(Path.of("/opt/p.json"));
        Optional<Path> secrets = Optional.of(Path.of("/comfy/user/__cloud_storage"));
        assertThat(ProfilesPlace.find(machine, option, secrets)).isEqualTo(Path.of("/opt/p.json"));
        assertThat(ProfilesPlace.find(machine, Optional.empty(), secrets)).isEqualTo(HOME.resolve("mine.json"));
        Machine plain = machine("Linux", Map.of("COMFY_S3_PROFILES", ""));
        assertThat(ProfilesPlace.find(plain, Optional.empty(), secrets))
                .isEqualTo(Path.of("/comfy/user/__cloud_storage/profiles.json"));
        assertThat(ProfilesPlace.find(plain, Optional.empty(), Optional.empty()))
                .isEqualTo(HOME.resolve(".config/comfy-bucket/profiles.json"));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            Linux,      -,               -,     .config/comfy-bucket,                     .local/share/comfy-bucket
            Linux,      XDG_CONFIG_HOME, /x,    /x/comfy-bucket,                          .local/share/comfy-bucket
            Linux,      XDG_DATA_HOME,   /y,    .config/comfy-bucket,                     /y/comfy-bucket
            Linux,      XDG_CONFIG_HOME, rel,   .config/comfy-bucket,                     .local/share/comfy-bucket
            Mac OS X,   XDG_CONFIG_HOME, /x,    Library/Application Support/comfy-bucket, Library/Application Support/comfy-bucket
            Windows 11, -,               -,     AppData/Roaming/comfy-bucket,             AppData/Local/comfy-bucket
            Windows 11, APPDATA,         /roam, /roam/comfy-bucket,                       AppData/Local/comfy-bucket
            Windows 11, LOCALAPPDATA,    /loc,  AppData/Roaming/comfy-bucket,             /loc/comfy-bucket
            """)
    void eachSystemHasItsFolders(String os, String variable, String value, String config, String data) {
        Machine machine = machine(os, variable == null ? Map.of() : Map.of(variable, value));
        assertThat(machine.configFolder()).isEqualTo(HOME.resolve(config));
        assertThat(machine.dataFolder()).isEqualTo(HOME.resolve(data));
    }

    private static Machine machine(String os, Map<String, String> environment) {
        return new Machine(environment, os, HOME);
    }
}
