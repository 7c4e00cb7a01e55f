package comfybucket.node;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.WorkflowMetadata;
import comfybucket.profile.ProfileRef;
import java.util.Map;

/** Saves each picture of a batch as a file of its own: encoded, shown on the node and uploaded, several at once. */
final class SaveImageToCloud extends SaveNode<SaveImageToCloud.Inputs> {
    SaveImageToCloud(SaveRun.Tools tools) {
        super(tools);
    }

    record Inputs(
            String keyPrefix,
            String filename,
            String format,
            Integer quality,
            Boolean presignUrl,
            Integer expiresHours,
            ProfileRef profile,
            String onConflict,
            String upload,
            Boolean embedWorkflow)
            implements SaveInputs {
        Inputs {
            keyPrefix = Given.or(keyPrefix, "comfyui/images/");
            filename = Given.or(filename, "ComfyUI_%batch_num%");
            format = Given.or(format, "png");
            quality = Given.or(quality, 95);
            presignUrl = Given.or(presignUrl, false);
            expiresHours = Given.or(expiresHours, 24);
            profile = Given.or(profile, ProfileRef.DEFAULT);
            onConflict = Given.or(onConflict, ProfileRef.FROM_PROFILE);
            upload = Given.or(upload, ProfileRef.FROM_PROFILE);
            embedWorkflow = Given.or(embedWorkflow, true);
        }
    }

    @Override
    public String id() {
        return "SaveImageToCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    NodeResult save(Inputs inputs, RunContext context, SaveRun run) {
        Pictures pictures = context.pictures()
                .filter(batch -> batch.count() > 0)
                .orElseThrow(() -> new CloudException(
                        Problem.INPUT_NOT_USABLE,
                        Map.of("input", "images", "reason", "the batch is empty", "allowed", "at least one picture")));
        ImageFormat format = ImageFormat.named(inputs.format());
        WorkflowMetadata workflow = context.workflow(inputs.embedWorkflow());
        SavedFiles saved = run.saveEach(
                format.extension(),
                pictures.count(),
                SaveRun.Size.of(pictures.width(), pictures.height()),
                index -> ImageFile.of(pictures, index, format, inputs.quality(), workflow, run.isInBackground()));
        return saved.all(Ui.pictures(saved.lines(), saved.shown()));
    }
}
