package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledComfyUITest {
    @TempDir
    private Path home;

    private Machine machine;

    @BeforeEach
    void machine() throws IOException {
        machine = new Machine(Map.of(), "Linux", home);
        Files.createDirectories(machine.configFolder());
    }

    @Test
    void isTheFolderThatInstallWroteDown() throws IOException {
        Path secrets = Files.createDirectories(home.resolve("ComfyUI/user")).resolve("__cloud_storage");
        remember("{\"secrets\": \"" + secrets + "\"}");
        assertThat(InstalledComfyUI.secrets(machine)).contains(secrets);
    }

    @Test
    void isNoneWhereNothingWasInstalled() {
        assertThat(InstalledComfyUI.secrets(machine)).isEmpty();
    }

    @Test
    void isNoneOnceThatComfyUIIsGone() throws IOException {
        remember("{\"secrets\": \"" + home.resolve("gone/user/__cloud_storage") + "\"}");
        assertThat(InstalledComfyUI.secrets(machine)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "{\"secrets\": null}",
                "{\"secrets\": {}}",
                "{\"secrets\": []}",
                "{\"secrets\": \"relative\"}",
                "{\"secrets\": \"/\"}",
                "{\"secrets\": \"/a\\u0000b\"}",
                "{}"
            })
    void aBrokenFileIsNoneToo(String text) throws IOException {
        remember(text);
        assertThat(InstalledComfyUI.secrets(machine)).isEmpty();
    }

    private void remember(String text) throws IOException {
        Files.writeString(machine.configFolder().resolve("comfyui.json"), text);
    }
}
