package comfybucket.node;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.NameTemplate;
import comfybucket.profile.ProfileRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Saves files that other nodes wrote below ComfyUI's output or temp folder. */
final class SaveFileToCloud extends SaveNode<SaveFileToCloud.Inputs> implements Node.Reader<SaveFileToCloud.Inputs> {
    private final ComfyFiles files;

    SaveFileToCloud(SaveRun.Tools tools, ComfyFiles files) {
        super(tools);
        this.files = files;
    }

    /** @param path lines of text, or a list of them, as some nodes put out the names of what they wrote */
    record Inputs(
            JsonElement path,
            String keyPrefix,
            String filename,
            ProfileRef profile,
            Boolean presignUrl,
            Integer expiresHours,
            String onConflict,
            String upload)
            implements SaveInputs {
        Inputs {
            path = Given.or(path, new JsonPrimitive(""));
            keyPrefix = Given.or(keyPrefix, "comfyui/files/");
            filename = Given.or(filename, "");
            profile = Given.or(profile, ProfileRef.DEFAULT);
            presignUrl = Given.or(presignUrl, false);
            expiresHours = Given.or(expiresHours, 24);
            onConflict = Given.or(onConflict, ProfileRef.FROM_PROFILE);
            upload = Given.or(upload, ProfileRef.FROM_PROFILE);
        }

        List<String> paths() {
            Stream<JsonElement> texts = path.isJsonArray() ? path.getAsJsonArray().asList().stream() : Stream.of(path);
            return texts.flatMap(text -> text.getAsString().lines())
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    @Override
    public String id() {
        return "SaveFileToCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public String identity(Inputs inputs) {
        return inputs.paths().stream().map(files::version).collect(Collectors.joining("\n"));
    }

    @Override
    NodeResult save(Inputs inputs, RunContext context, SaveRun run) {
        List<Finished.Found> found = inputs.paths().stream().map(files::find).toList();
        if (found.isEmpty()) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of(
                            "input", "path",
                            "reason", "it names no file",
                            "allowed", "the names of files below ComfyUI's output or temp folder, one a line"));
        }
        SavedFiles saved = run.saveAll(
                found.stream()
                        .map(file -> NameTemplate.ofFile(
                                inputs.keyPrefix(),
                                inputs.filename(),
                                file.shown().filename()))
                        .toList(),
                found,
                SaveRun.Size.NONE);
        return saved.all(Ui.picturesOrVideos(saved.lines(), saved.shown()));
    }
}
