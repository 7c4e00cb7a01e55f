package comfybucket.node;

import comfybucket.naming.NameTemplate;
import comfybucket.profile.ProfileRef;
import java.util.List;

/** Saves a video, which the pack has written or remuxed with PyAV: that is what ComfyUI itself does with videos. */
final class SaveVideoToCloud extends SaveNode<SaveVideoToCloud.Inputs> {
    SaveVideoToCloud(SaveRun.Tools tools) {
        super(tools);
    }

    /** {@code format}, {@code codec} and {@code embedWorkflow} are the pack's affair. */
    record Inputs(
            String keyPrefix,
            String filename,
            String format,
            String codec,
            ProfileRef profile,
            Boolean presignUrl,
            Integer expiresHours,
            String onConflict,
            String upload,
            Boolean embedWorkflow)
            implements SaveInputs {
        Inputs {
            keyPrefix = Given.or(keyPrefix, "comfyui/videos/");
            filename = Given.or(filename, "ComfyUI_video");
            format = Given.or(format, "auto");
            codec = Given.or(codec, "auto");
            profile = Given.or(profile, ProfileRef.DEFAULT);
            presignUrl = Given.or(presignUrl, false);
            expiresHours = Given.or(expiresHours, 24);
            onConflict = Given.or(onConflict, ProfileRef.FROM_PROFILE);
            upload = Given.or(upload, ProfileRef.FROM_PROFILE);
            embedWorkflow = Given.or(embedWorkflow, true);
        }
    }

    @Override
    public String id() {
        return "SaveVideoToCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    NodeResult save(Inputs inputs, RunContext context, SaveRun run) {
        MadeFile video = context.made("video").getFirst();
        SavedFiles saved = run.saveAll(
                List.of(new NameTemplate(inputs.keyPrefix(), inputs.filename(), video.extension())),
                List.of(new Finished.Made(video.path())),
                new SaveRun.Size(video.width(), video.height()));
        return saved.first(Ui.picturesOrVideos(saved.lines(), saved.shown()));
    }
}
