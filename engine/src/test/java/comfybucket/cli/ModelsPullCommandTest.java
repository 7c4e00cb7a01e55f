package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsPullCommandTest {
    private static final String WORKFLOW = """
            {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sdxl/base.safetensors"}},
             "2": {"class_type": "LoadLoraFromCloud", "inputs": {"key": "styles/ink.safetensors"}},
             "3": {"class_type": "VAELoader", "inputs": {"vae_name": "here.safetensors"}}}
            """;

    @TempDir
    private Path home;

    private Commands commands;
    private Path comfyui;
    private Path models;
    private Path workflow;

    @BeforeEach
    void makeAComfyUI() throws IOException {
        commands = new Commands(Files.createDirectories(home.resolve("home")));
        comfyui = home.resolve("ComfyUI");
        models = comfyui.resolve("models");
        Files.createDirectories(models.resolve("vae"));
        Files.write(models.resolve("vae/here.safetensors"), model(1));
        workflow = Files.writeString(home.resolve("workflow.json"), WORKFLOW);
        commands.put("models/checkpoints/sdxl/base.safetensors", model(2));
        commands.put("styles/ink.safetensors", model(3));
    }

    @Test
    void fetchesWhatIsMissingToWhereComfyUIFindsIt() {
        Commands.Result first = pull("--json").isOk();
        assertThat(first.json("state")).containsExactlyInAnyOrder("pulled", "pulled", "there");
        assertThat(models.resolve("checkpoints/sdxl/base.safetensors")).hasBinaryContent(model(2));
        assertThat(models.resolve("loras/ink.safetensors")).hasBinaryContent(model(3));
        assertThat(pull("--json").isOk().json("state")).containsExactlyInAnyOrder("there", "cached", "there");
    }

    @Test
    void changesNothingInADryRun() {
        Commands.Result result = pull("--json", "--dry-run").isOk();
        assertThat(result.json("state")).containsExactlyInAnyOrder("would_pull", "would_pull", "there");
        assertThat(models.resolve("checkpoints")).doesNotExist();
        assertThat(models.resolve("loras")).doesNotExist();
    }

    @Test
    void takesAModelsFolderAloneAndTheWorkflowFromStdin() {
        Path alone = home.resolve("volume");
        commands.typing(WORKFLOW, "models", "pull", "-", "--models", alone.toString());
        assertThat(alone.resolve("checkpoints/sdxl/base.safetensors")).hasBinaryContent(model(2));
        assertThat(alone.resolve("loras/ink.safetensors")).hasBinaryContent(model(3));
    }

    @Test
    void followsExtraModelPaths() throws IOException {
        Path shared = home.resolve("shared");
        Files.writeString(
                comfyui.resolve("extra_model_paths.yaml"),
                "shared:\n  base_path: " + shared + "\n  is_default: true\n  loras: loras\n");
        pull().isOk();
        assertThat(shared.resolve("loras/ink.safetensors")).hasBinaryContent(model(3));
    }

    @Test
    void oneThatIsNowhereFailsAndLeavesTheOthersAlone() throws IOException {
        Files.writeString(workflow, WORKFLOW.replace("base.safetensors", "gone.safetensors"));
        Commands.Result result = pull();
        assertThat(result.code()).isEqualTo(ExitCode.PARTLY.number());
        assertThat(result.err()).contains("No object is called sdxl/gone.safetensors in s3://comfyui/");
        assertThat(models.resolve("loras/ink.safetensors")).exists();
        Files.writeString(workflow, """
                {"1": {"class_type": "VAELoader", "inputs": {"vae_name": "gone.pt"}}}
                """);
        assertThat(pull().code()).isEqualTo(ExitCode.NOT_FOUND.number());
    }

    @Test
    void choosesByTypeAmongEqualNamesAndAsksWhereItCannot() throws IOException {
        commands.put("models/checkpoints/m.safetensors", model(4));
        commands.put("models/vae/m.safetensors", model(5));
        Files.writeString(workflow, """
                {"1": {"class_type": "VAELoader", "inputs": {"vae_name": "m.safetensors"}}}
                """);
        pull().isOk();
        assertThat(models.resolve("vae/m.safetensors")).hasBinaryContent(model(5));
        Files.writeString(workflow, """
                {"1": {"class_type": "LoraLoader", "inputs": {"lora_name": "m.safetensors"}}}
                """);
        assertThat(pull().err())
                .contains("Several objects are called m.safetensors")
                .contains("models/checkpoints/m.safetensors, models/vae/m.safetensors");
        pull("--from", "models/vae/").isOk();
        assertThat(models.resolve("loras/m.safetensors")).hasBinaryContent(model(5));
    }

    @Test
    void takesTheTypeFromTheKeyWhereNothingElseSaysIt() throws IOException {
        Files.createDirectories(models.resolve("ipadapter"));
        commands.put("models/ipadapter/plus.safetensors", model(6));
        commands.put("models/odd/other.safetensors", model(7));
        Files.writeString(workflow, """
                {"1": {"class_type": "SomeLoader", "inputs": {"file": "plus.safetensors"}}}
                """);
        pull().isOk();
        assertThat(models.resolve("ipadapter/plus.safetensors")).hasBinaryContent(model(6));
        Files.writeString(workflow, """
                {"1": {"class_type": "SomeLoader", "inputs": {"file": "other.safetensors"}}}
                """);
        assertThat(pull().err()).contains("not known which folder other.safetensors belongs into");
    }

    @Test
    void refusesAPickleThatRunsPrograms() throws IOException {
        commands.put("models/loras/evil.pt", "cposix\nsystem\n(S'id'\ntR.");
        Files.writeString(workflow, """
                {"1": {"class_type": "LoraLoader", "inputs": {"lora_name": "evil.pt"}}}
                """);
        assertThat(pull("--json").json("code")).containsExactly("pickle_refused");
        assertThat(models.resolve("loras/evil.pt")).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws IOException {
        assertThat(commands.run("models", "pull", workflow.toString(), "--comfyui", home.toString())
                        .err())
                .contains("there is no folder models");
        Files.writeString(workflow, "<html>");
        assertThat(pull().err()).contains("workflow.json").contains("it is not a workflow");
    }

    private Commands.Result pull(String... more) {
        String[] args = new String[more.length + 5];
        args[0] = "models";
        args[1] = "pull";
        args[2] = workflow.toString();
        args[3] = "--comfyui";
        args[4] = comfyui.toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return commands.run(args);
    }

    private static byte[] model(int content) {
        byte[] header =
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}".getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + header.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .putInt(content)
                .array();
    }
}
