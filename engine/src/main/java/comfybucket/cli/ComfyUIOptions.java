package comfybucket.cli;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.models.folders.Installation;
import comfybucket.models.folders.ModelFolders;
import comfybucket.profile.InstalledComfyUI;
import comfybucket.profile.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the ComfyUI is that a command works for. It need not run. */
final class ComfyUIOptions {
    @Option(
            names = "--comfyui",
            paramLabel = "FOLDER",
            description = "ComfyUI's folder, with models in it; otherwise this folder if it is one, or the ComfyUI that"
                    + " the pack was installed into.")
    private Optional<Path> comfyui = Optional.empty();

    @Option(
            names = "--models",
            paramLabel = "FOLDER",
            description = "A folder of models alone, with checkpoints, loras and so on below it.")
    private Optional<Path> models = Optional.empty();

    @Option(
            names = "--extra-model-paths",
            paramLabel = "FILE",
            description = "Another file like ComfyUI's extra_model_paths.yaml, as ComfyUI is told by"
                    + " --extra-model-paths-config.")
    private List<Path> extra = List.of();

    /** @throws CloudException {@link Problem#INPUT_NOT_USABLE} when it cannot be found */
    ModelFolders folders(Machine machine) {
        if (models.isPresent()) {
            return Installation.models(models.get().toAbsolutePath());
        }
        Path folder = comfyui.or(ComfyUIOptions::here)
                .or(() -> installed(machine))
                .orElseThrow(() -> notThere("no folder is named"));
        if (!Files.isDirectory(folder.resolve("models"))) {
            throw notThere("there is no folder models in " + folder);
        }
        return Installation.comfyui(folder.toAbsolutePath().normalize(), extra, machine.environment());
    }

    private static Optional<Path> here() {
        Path folder = Path.of("").toAbsolutePath();
        return Optional.of(folder).filter(one -> Files.isRegularFile(one.resolve("folder_paths.py")));
    }

    /** Its folder for secrets is {@code user/__cloud_storage} below it. */
    private static Optional<Path> installed(Machine machine) {
        return InstalledComfyUI.secrets(machine)
                .map(Path::getParent)
                .map(Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve("models")));
    }

    private static CloudException notThere(String reason) {
        return new CloudException(
                Problem.INPUT_NOT_USABLE,
                Map.of("input", "--comfyui", "reason", reason, "allowed", "ComfyUI's folder, or give --models"));
    }
}
