"""Makes a checkpoint that ComfyUI takes for Stable Diffusion 1.5, as small as it allows, with random weights.

Run by the Python of a ComfyUI: tiny_checkpoint.py <ComfyUI> <file>. One level instead of four, and a small autoencoder.
"""

import sys

from tiny_sd15 import blocks, random_weights, use_comfyui


def main(comfyui: str, target: str) -> None:
    """Writes the file, about 290 MB: the text encoder has its real size."""
    use_comfyui(comfyui)
    import torch
    from comfy import sd1_clip
    from comfy.ldm.modules.diffusionmodules.openaimodel import UNetModel
    from comfy.taesd.taesd import TAESD
    from safetensors.torch import save_file

    torch.manual_seed(1)
    unet = UNetModel(**blocks(), out_channels=4, transformer_depth_output=[1, 1])
    parts = {
        ("model.diffusion_model.", ""): unet.state_dict(),
        ("cond_stage_model.", "clip_l."): sd1_clip.SD1ClipModel(dtype=torch.float32).state_dict(),
        ("first_stage_model.", ""): TAESD().state_dict(),
    }
    named = {
        into + name[len(out_of) :]: value
        for (into, out_of), state in parts.items()
        for name, value in state.items()
        if name.startswith(out_of)
    }
    weights = random_weights(named)
    weights |= {f"first_stage_model.{name}": value for name, value in _bright(TAESD()).items()}
    save_file(weights, target)


def _bright(autoencoder) -> dict:
    """With a decoder whose pictures are not black: grey on average, and of some contrast."""
    import torch

    decoder = autoencoder.taesd_decoder
    with torch.no_grad():
        for parameter in decoder.parameters():  # ComfyUI leaves them as the memory was
            if parameter.dim() > 1:
                torch.nn.init.kaiming_normal_(parameter)
            else:
                torch.nn.init.zeros_(parameter)
        last = decoder[-1]
        last.weight *= 0.2 / decoder(torch.randn(1, 4, 16, 16)).std()
        last.bias += 0.5 - decoder(torch.randn(1, 4, 16, 16)).mean((0, 2, 3))
    state = autoencoder.state_dict()
    return {name: value.half() for name, value in state.items() if not name.startswith("taesd_encoder")}


if __name__ == "__main__":
    main(*sys.argv[1:])
