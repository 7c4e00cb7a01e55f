package comfybucket.models.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/me", "MODELS", "/srv/models");

    @TempDir
    private Path folder;

    private Path comfyui;
    private Path models;

    @BeforeEach
    void makeAComfyUI() throws IOException {
        comfyui = folder.toRealPath();
        models = Files.createDirectories(comfyui.resolve("models"));
    }

    @Test
    void knowsComfyUIsTypes() {
        ModelFolders folders = Installation.comfyui(comfyui, List.of(), ENVIRONMENT);
        assertThat(folders.place("diffusion_models").folders())
                .containsExactly(models.resolve("unet"), models.resolve("diffusion_models"));
        assertThat(folders.place("loras").folder()).isEqualTo(models.resolve("loras"));
        assertThat(folders.byType()).doesNotContainKeys("custom_nodes", "configs", "diffusers");
    }

    @Test
    void takesOtherFoldersThereForTypesOfTheirName() throws IOException {
        Files.createDirectories(models.resolve("ipadapter"));
        Files.createDirectories(models.resolve("clip"));
        Files.createDirectories(models.resolve("configs"));
        Files.createFile(models.resolve("put_models_here"));
        ModelFolders folders = Installation.models(models);
        assertThat(folders.place("ipadapter").folder()).isEqualTo(models.resolve("ipadapter"));
        assertThat(folders.byType()).doesNotContainKeys("clip", "configs", "put_models_here");
    }

    @Test
    void readsExtraModelPathsAsComfyUIDoes() throws IOException {
        Files.writeString(comfyui.resolve("extra_model_paths.yaml"), """
                #comment
                a111:
                    base_path: webui/
                    checkpoints: models/Stable-diffusion
                    loras: |
                         models/Lora
                         models/LyCORIS
                    custom_nodes: packs
                fast:
                    base_path: ${MODELS}/fast
                    is_default: yes
                    unet: unet
                    loras: ../loras
                    mine: |
                        mine
                home:
                    base_path: ~/models
                    vae: vae
                nothing:
                elsewhere:
                    vae: /mnt/vae
                    upscale_models: here
                """);
        ModelFolders folders = Installation.comfyui(comfyui, List.of(), ENVIRONMENT);
        assertThat(folders.place("checkpoints").folders())
                .containsExactly(models.resolve("checkpoints"), comfyui.resolve("webui/models/Stable-diffusion"));
        assertThat(folders.place("loras").folders())
                .containsExactly(
                        Path.of("/srv/models/loras"),
                        models.resolve("loras"),
                        comfyui.resolve("webui/models/Lora"),
                        comfyui.resolve("webui/models/LyCORIS"));
        assertThat(folders.place("diffusion_models").folder()).isEqualTo(Path.of("/srv/models/fast/unet"));
        assertThat(folders.place("mine").folder()).isEqualTo(Path.of("/srv/models/fast/mine"));
        assertThat(folders.place("vae").folders())
                .containsExactly(models.resolve("vae"), Path.of("/home/me/models/vae"), Path.of("/mnt/vae"));
        assertThat(folders.place("upscale_models").folders())
                .containsExactly(models.resolve("upscale_models"), comfyui.resolve("here"));
        assertThat(folders.byType()).doesNotContainKey("custom_nodes");
    }

    @Test
    void putsNothingWhereAPackFolderIsNamed() throws IOException {
        Path more = Files.writeString(folder.resolve("more.yaml"), "a:\n  custom_nodes: packs\n  loras: packs/loras\n");
        ModelFolders folders = Installation.comfyui(comfyui, List.of(more), ENVIRONMENT);
        assertThat(folders.place("loras").folders()).containsExactly(models.resolve("loras"));
    }

    @Test
    void readsMoreFilesAndComplainsAboutThoseThatAreNotThere() {
        assertThatThrownBy(() -> Installation.comfyui(comfyui, List.of(folder.resolve("gone.yaml")), ENVIRONMENT))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FILE_NOT_READABLE))
                .hasMessageContaining("gone.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: {b: c", "\t\t: x", "a: !!java.net.URL [http://evil]", "a: &x [*x"})
    void complainsAboutWhatIsNoYaml(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("extra_model_paths.yaml"), text);
        assertThatThrownBy(() -> Installation.comfyui(comfyui, List.of(), ENVIRONMENT))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FILE_NOT_READABLE));
        assertThat(ExtraModelPaths.folders(List.of(file), ENVIRONMENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "- a\n- b", "a: 1", "a:\n  loras: 3", "a:\n  loras: [x]", "1: 2"})
    void passesOverWhatMeansNothing(String text) throws IOException {
        Files.writeString(folder.resolve("extra_model_paths.yaml"), text);
        assertThat(Installation.comfyui(comfyui, List.of(), ENVIRONMENT)
                        .place("loras")
                        .folders())
                .containsExactly(models.resolve("loras"));
    }
}
