package comfybucket.node;

import comfybucket.models.cache.FetchOptions;
import java.util.List;

/**
 * The first half of a one-step loader: puts the model where ComfyUI's own loader for its type finds it. The pack then
 * hands the name to that loader, with the inputs that are the loader's.
 */
final class ModelForLoader implements Node.Reader<OneObject> {
    private final String id;
    private final String type;
    private final ModelFetcher models;

    private ModelForLoader(String id, String type, ModelFetcher models) {
        this.id = id;
        this.type = type;
        this.models = models;
    }

    /** One for each of ComfyUI's loaders. */
    static List<Node<?>> all(ModelFetcher models) {
        return List.of(
                new ModelForLoader("LoadCheckpointFromCloud", "checkpoints", models),
                new ModelForLoader("LoadLoraFromCloud", "loras", models),
                new ModelForLoader("LoadVAEFromCloud", "vae", models),
                new ModelForLoader("LoadDiffusionModelFromCloud", "diffusion_models", models),
                new ModelForLoader("LoadControlNetFromCloud", "controlnet", models),
                new ModelForLoader("LoadUpscaleModelFromCloud", "upscale_models", models),
                new ModelForLoader("LoadCLIPVisionFromCloud", "clip_vision", models),
                new ModelForLoader("LoadTextEncoderFromCloud", "text_encoders", models));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Class<OneObject> inputs() {
        return OneObject.class;
    }

    @Override
    public NodeResult run(OneObject inputs, RunContext context) {
        return models.fetch(type, inputs.key(), inputs.profile(), FetchOptions.USUAL, context);
    }

    @Override
    public String identity(OneObject inputs) {
        return models.identity(inputs.key(), inputs.profile());
    }
}
