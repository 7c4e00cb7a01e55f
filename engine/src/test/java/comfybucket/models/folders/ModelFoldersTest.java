package comfybucket.models.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFoldersTest {
    @TempDir
    private Path folder;

    private final SequencedMap<String, List<Path>> types = new LinkedHashMap<>();
    private Path comfyui;
    private Path models;

    @BeforeEach
    void makeAComfyUI() throws IOException {
        // The temporary folder may itself be behind a link, as on macOS.
        comfyui = folder.toRealPath().resolve("ComfyUI");
        models = comfyui.resolve("models");
        Files.createDirectories(comfyui.resolve("custom_nodes"));
        Files.createDirectories(models.resolve("checkpoints"));
        types.put("checkpoints", List.of(models.resolve("checkpoints")));
        types.put("custom_nodes", List.of(comfyui.resolve("custom_nodes")));
        types.put("configs", List.of(models.resolve("configs")));
        types.put("diffusers", List.of(models.resolve("diffusers")));
    }

    @Test
    void theFirstFolderIsForNewFiles() {
        types.put("text_encoders", List.of(models.resolve("text_encoders"), models.resolve("clip")));
        assertThat(folders().place("text_encoders").folder()).isEqualTo(models.resolve("text_encoders"));
        assertThat(folders().place("text_encoders").folders())
                .containsExactly(models.resolve("text_encoders"), models.resolve("clip"));
        assertThat(folders().place("clip").folder()).isEqualTo(models.resolve("text_encoders"));
    }

    @Test
    void programsSettingsAndUnknownTypesAreNone() {
        for (String type : List.of("custom_nodes", "configs", "diffusers", "nothing", "", "../custom_nodes")) {
            assertThatThrownBy(() -> folders().place(type))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_TYPE_UNKNOWN))
                    .hasMessageContaining("Use one of: checkpoints.");
        }
    }

    @Test
    void aTypeOfAnyNameThatLeadsToThePacksIsNone() throws IOException {
        Path packs = comfyui.resolve("custom_nodes");
        types.put("harmless", List.of(packs));
        types.put("inside", List.of(packs.resolve("a-pack/models")));
        types.put("around", List.of(models.resolve("x/../../custom_nodes")));
        Files.createSymbolicLink(models.resolve("linked"), packs);
        types.put("linked", List.of(models.resolve("linked")));
        types.put("linked_inside", List.of(models.resolve("linked/deeper")));
        assertThat(folders().byType().keySet()).containsExactly("checkpoints");
    }

    @Test
    void aFolderOutsideCountsOnlyWhereTheOwnerNamedIt() {
        Path shared = folder.resolve("shared/loras");
        types.put("loras", List.of(shared, models.resolve("loras")));
        assertThat(folders().place("loras").folders()).containsExactly(models.resolve("loras"));
        ModelFolders named = new ModelFolders(models, types, List.of(shared), code());
        assertThat(named.place("loras").folders()).containsExactly(shared, models.resolve("loras"));
    }

    @Test
    void noFolderIsOneThatPythonLoadsProgramsFrom() throws IOException {
        Path site = folder.resolve("site-packages/models");
        Path pack = models.resolve("pack");
        Path run = models.resolve("run");
        Files.createDirectories(pack);
        Files.createDirectories(run.resolve("__pycache__"));
        Files.createFile(pack.resolve("__init__.py"));
        types.put("site", List.of(site));
        types.put("pack", List.of(pack));
        types.put("run", List.of(run));
        ModelFolders named = new ModelFolders(
                models, types, List.of(site), List.of(comfyui, site.getParent(), comfyui.resolve("custom_nodes")));
        assertThat(named.byType().keySet()).containsExactly("checkpoints");
    }

    @Test
    void modelsMayLieOnAnotherDisk() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk/loras"));
        Files.createSymbolicLink(models.resolve("loras"), disk);
        types.put("loras", List.of(models.resolve("loras")));
        assertThat(folders().place("loras").folder()).isEqualTo(models.resolve("loras"));
    }

    @Test
    void findsFilesAsComfyUIDoes() throws IOException {
        Path second = Files.createDirectories(models.resolve("second"));
        types.put("checkpoints", List.of(models.resolve("checkpoints"), second));
        Files.createDirectories(second.resolve("xl"));
        Path there = Files.createFile(second.resolve("xl/a.safetensors"));
        assertThat(folders().find("checkpoints", "xl/a.safetensors")).contains(there);
        assertThat(folders().find("checkpoints", "a.safetensors")).isEmpty();
        assertThat(folders().find("checkpoints", "./xl/y/../a.safetensors")).contains(there);
        assertThat(folders().find("checkpoints", "../second/xl/a.safetensors")).isEmpty();
        assertThat(folders().find("checkpoints", there.toString())).isEmpty();
        assertThat(folders().find("checkpoints", "a\0b")).isEmpty();
        assertThat(folders().find("nothing", "a")).isEmpty();
    }

    private ModelFolders folders() {
        return new ModelFolders(models, types, List.of(), code());
    }

    /** ComfyUI's own folder is on Python's path. */
    private List<Path> code() {
        return List.of(comfyui, comfyui.resolve("custom_nodes"));
    }
}
