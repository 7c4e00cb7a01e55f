package comfybucket.models.folders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** ComfyUI's own types of models and their folders below {@code models} ({@code folder_paths.py}, v0.3.64). */
public final class ModelTypes {
    /** These are in ComfyUI's list of model folders and hold something else: programs, settings, whole folders. */
    static final Set<String> NEVER = Set.of("custom_nodes", "configs", "diffusers");

    /** The types that have folders of other names, in ComfyUI's order. */
    private static final Map<String, List<String>> FOLDERS = Map.of(
            "text_encoders", List.of("text_encoders", "clip"),
            "diffusion_models", List.of("unet", "diffusion_models"),
            "controlnet", List.of("controlnet", "t2i_adapter"));

    /** Names from before ComfyUI renamed them. */
    private static final Map<String, String> RENAMED = Map.of("unet", "diffusion_models", "clip", "text_encoders");

    private static final List<String> TYPES = List.of(
            "checkpoints",
            "loras",
            "vae",
            "text_encoders",
            "controlnet",
            "diffusion_models",
            "upscale_models",
            "embeddings",
            "clip_vision",
            "style_models",
            "vae_approx",
            "gligen",
            "hypernetworks",
            "photomaker",
            "classifiers",
            "model_patches",
            "audio_encoders");

    /** A type's name today. */
    static String current(String type) {
        return RENAMED.getOrDefault(type, type);
    }

    /** Each type's folders below ComfyUI's folder of models. */
    static SequencedMap<String, List<String>> folders() {
        SequencedMap<String, List<String>> folders = new LinkedHashMap<>();
        TYPES.forEach(type -> folders.put(type, FOLDERS.getOrDefault(type, List.of(type))));
        return folders;
    }

    private ModelTypes() {}
}
