"""Some of ComfyUI's own loaders, in both forms that it has nodes in. They give back what they were asked to load."""

from comfy_api.latest import io


class CheckpointLoaderSimple:
    @classmethod
    def INPUT_TYPES(cls):  # noqa: N802
        return {"required": {"ckpt_name": (["here.safetensors"], {"tooltip": "The name of the checkpoint."})}}

    RETURN_TYPES = ("MODEL", "CLIP", "VAE")
    OUTPUT_TOOLTIPS = ("The model.", "The CLIP.", "The VAE.")
    FUNCTION = "load_checkpoint"

    def load_checkpoint(self, ckpt_name):
        return f"model of {ckpt_name}", f"clip of {ckpt_name}", f"vae of {ckpt_name}"


class LoraLoader:
    def __init__(self):
        self.loaded = []

    @classmethod
    def INPUT_TYPES(cls):  # noqa: N802
        strength = {"default": 1.0, "min": -100.0, "max": 100.0, "step": 0.01, "tooltip": "How strongly."}
        return {
            "required": {
                "model": ("MODEL", {"tooltip": "The model."}),
                "clip": ("CLIP",),
                "lora_name": ([], {}),
                "strength_model": ("FLOAT", strength),
                "strength_clip": ("FLOAT", strength),
            }
        }

    RETURN_TYPES = ("MODEL", "CLIP")
    FUNCTION = "load_lora"

    def load_lora(self, model, clip, lora_name, strength_model, strength_clip):
        self.loaded.append(lora_name)
        return {"result": ((model, lora_name, strength_model, len(self.loaded)), (clip, lora_name, strength_clip))}


class UpscaleModelLoader(io.ComfyNode):
    """In ComfyUI's newer form."""

    @classmethod
    def define_schema(cls):
        return io.Schema("UpscaleModelLoader")

    @classmethod
    def INPUT_TYPES(cls):  # noqa: N802
        return {
            "required": {"model_name": ("COMBO", {"options": ["x"]})},
            "optional": {"device": ("COMBO", {"options": ["default", "cpu"], "advanced": True})},
        }

    RETURN_TYPES = ("UPSCALE_MODEL",)
    RETURN_NAMES = ("upscaler",)
    FUNCTION = "EXECUTE_NORMALIZED_ASYNC"

    @classmethod
    async def EXECUTE_NORMALIZED_ASYNC(cls, model_name, device="default"):  # noqa: N802
        return io.NodeOutput((model_name, device))


class VAELoader:
    """As it might become: no file input of the name that we know."""

    @classmethod
    def INPUT_TYPES(cls):  # noqa: N802
        return {"required": {"file": (["x"],)}}


NODE_CLASS_MAPPINGS = {cls.__name__: cls for cls in (CheckpointLoaderSimple, LoraLoader, UpscaleModelLoader, VAELoader)}
