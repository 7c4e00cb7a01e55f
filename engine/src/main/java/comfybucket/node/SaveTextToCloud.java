package comfybucket.node;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.ProfileRef;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Saves a text as it is, in UTF-8. */
final class SaveTextToCloud extends SaveNode<SaveTextToCloud.Inputs> {
    private static final Set<String> EXTENSIONS = Set.of("txt", "md", "json", "csv");

    SaveTextToCloud(SaveRun.Tools tools) {
        super(tools);
    }

    record Inputs(
            String text,
            String keyPrefix,
            String filename,
            String extension,
            ProfileRef profile,
            Boolean presignUrl,
            Integer expiresHours,
            String onConflict,
            String upload)
            implements SaveInputs {
        Inputs {
            text = Given.or(text, "");
            keyPrefix = Given.or(keyPrefix, "comfyui/text/");
            filename = Given.or(filename, "ComfyUI_text");
            extension = Given.or(extension, "txt");
            profile = Given.or(profile, ProfileRef.DEFAULT);
            presignUrl = Given.or(presignUrl, false);
            expiresHours = Given.or(expiresHours, 24);
            onConflict = Given.or(onConflict, ProfileRef.FROM_PROFILE);
            upload = Given.or(upload, ProfileRef.FROM_PROFILE);
        }
    }

    @Override
    public String id() {
        return "SaveTextToCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    NodeResult save(Inputs inputs, RunContext context, SaveRun run) {
        if (!EXTENSIONS.contains(inputs.extension())) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of(
                            "input", "extension",
                            "reason", "there is no choice " + inputs.extension(),
                            "allowed", "txt, md, json or csv"));
        }
        byte[] file = inputs.text().getBytes(StandardCharsets.UTF_8);
        SavedFiles saved = run.saveEach(
                inputs.extension(), 1, SaveRun.Size.NONE, index -> Finished.InMemory.of(file, inputs.extension()));
        return saved.first(Ui.pictures(saved.lines(), saved.shown()));
    }
}
