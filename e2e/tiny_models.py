"""Makes one small model of each kind that ComfyUI takes for a part of, or an addition to, Stable Diffusion 1.5.

Run by the Python of a ComfyUI: tiny_models.py <ComfyUI> <checkpoint of tiny_checkpoint.py> <folder>.
"""

import sys
from pathlib import Path

from tiny_sd15 import blocks, random_weights, use_comfyui

# What is also to be had as a file of its own: the beginning of its weights' names in the checkpoint.
PARTS = {
    "diffusion_models/sd15.safetensors": "model.diffusion_model.",
    "text_encoders/clip_l.safetensors": "cond_stage_model.transformer.",
    "vae/sd15.safetensors": "first_stage_model.",
}


def main(comfyui: str, checkpoint: str, target: str) -> None:
    """Writes `<folder of the type>/<name>` for each."""
    use_comfyui(comfyui)
    import torch
    from comfy.cldm.cldm import ControlNet
    from comfy.t2i_adapter.adapter import StyleAdapter
    from safetensors.torch import load_file, save_file
    from spandrel.architectures.Compact import Compact

    torch.manual_seed(2)
    whole = load_file(checkpoint)
    models = {
        name: {key.removeprefix(begin): value for key, value in whole.items() if key.startswith(begin)}
        for name, begin in PARTS.items()
    }
    control = ControlNet(**blocks(), hint_channels=3)
    # Its convolutions are nought, which leaves what it adds to: the picture with each pixel four times.
    enlarge = {
        name: torch.zeros_like(value) for name, value in Compact(num_feat=8, num_conv=1, upscale=2).state_dict().items()
    }
    time = "diffusion_model.time_embed.0"
    models |= {
        "controlnet/control_v11p_sd15_canny.safetensors": random_weights(control.state_dict()),
        "style_models/t2iadapter_style_sd14v1.safetensors": random_weights(
            StyleAdapter(width=1024, context_dim=768, num_head=8, n_layes=3, num_token=8).state_dict()
        ),
        "upscale_models/2x_compact.safetensors": {name: torch.zeros_like(value) for name, value in enlarge.items()},
        "clip_vision/clip-vit-large-patch14.safetensors": _vision(),
        "loras/watercolour.safetensors": random_weights(
            {f"{time}.lora_up.weight": torch.empty(1280, 4), f"{time}.lora_down.weight": torch.empty(4, 320)}
        ),
    }
    for name, weights in models.items():
        file = Path(target) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        save_file({key: value.contiguous() for key, value in weights.items()}, file)


def _vision() -> dict:
    """What ComfyUI knows a CLIP ViT-L by, and noughts that keep the large matrices, which are not in the file, out."""
    import torch

    model = "vision_model"
    shapes = {
        f"{model}.embeddings.class_embedding": (1024,),
        f"{model}.embeddings.patch_embedding.weight": (1024, 3, 14, 14),
        f"{model}.embeddings.position_embedding.weight": (257, 1024),
    }
    norms = [f"{model}.pre_layrnorm", f"{model}.post_layernorm"]
    for layer in (f"{model}.encoder.layers.{number}" for number in range(24)):
        norms += [f"{layer}.layer_norm1", f"{layer}.layer_norm2"]
        shapes |= {f"{layer}.self_attn.{part}_proj.bias": (1024,) for part in ("q", "k", "v", "out")}
        shapes |= {f"{layer}.mlp.fc1.bias": (4096,), f"{layer}.mlp.fc2.bias": (1024,)}
    shapes |= {f"{norm}.{part}": (1024,) for norm in norms for part in ("weight", "bias")}
    return {name: torch.zeros(shape).half() for name, shape in shapes.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
