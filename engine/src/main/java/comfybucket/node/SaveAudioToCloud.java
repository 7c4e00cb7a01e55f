package comfybucket.node;

import comfybucket.naming.NameTemplate;
import comfybucket.profile.ProfileRef;
import java.util.List;

/** Saves each sound of a batch as a file of its own; the pack has encoded them with PyAV, as ComfyUI's own nodes do. */
final class SaveAudioToCloud extends SaveNode<SaveAudioToCloud.Inputs> {
    SaveAudioToCloud(SaveRun.Tools tools) {
        super(tools);
    }

    /** {@code format}, {@code quality} and {@code embedWorkflow} are the pack's affair. */
    record Inputs(
            String keyPrefix,
            String filename,
            String format,
            ProfileRef profile,
            String quality,
            Boolean presignUrl,
            Integer expiresHours,
            String onConflict,
            String upload,
            Boolean embedWorkflow)
            implements SaveInputs {
        Inputs {
            keyPrefix = Given.or(keyPrefix, "comfyui/audio/");
            filename = Given.or(filename, "ComfyUI_audio");
            format = Given.or(format, "flac");
            profile = Given.or(profile, ProfileRef.DEFAULT);
            quality = Given.or(quality, "V0");
            presignUrl = Given.or(presignUrl, false);
            expiresHours = Given.or(expiresHours, 24);
            onConflict = Given.or(onConflict, ProfileRef.FROM_PROFILE);
            upload = Given.or(upload, ProfileRef.FROM_PROFILE);
            embedWorkflow = Given.or(embedWorkflow, true);
        }
    }

    @Override
    public String id() {
        return "SaveAudioToCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    NodeResult save(Inputs inputs, RunContext context, SaveRun run) {
        List<MadeFile> sounds = context.made("audio");
        SavedFiles saved = run.saveAll(
                sounds.stream()
                        .map(sound -> new NameTemplate(inputs.keyPrefix(), inputs.filename(), sound.extension()))
                        .toList(),
                sounds.stream().map(sound -> new Finished.Made(sound.path())).toList(),
                SaveRun.Size.NONE);
        return saved.all(Ui.sounds(saved.lines(), saved.shown()));
    }
}
