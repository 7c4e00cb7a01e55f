"""What the tiny models have in common: Stable Diffusion 1.5 in as few blocks as ComfyUI still knows it by.

For programs that are run by the Python of a ComfyUI.
"""

import sys


def use_comfyui(folder: str) -> None:
    """Makes its modules those that are imported from here on; without a graphics card."""
    sys.path.insert(0, folder)
    sys.argv = sys.argv[:1]
    from comfy.cli_args import args

    args.cpu = True


def blocks() -> dict:
    """How large its network is, and one that controls it: one level in place of four."""
    import torch
    from comfy import ops

    return {
        "image_size": 32,
        "in_channels": 4,
        "model_channels": 320,
        "num_res_blocks": [1],
        "transformer_depth": [1],
        "channel_mult": [1],
        "transformer_depth_middle": 1,
        "num_heads": 8,
        "context_dim": 768,
        "use_spatial_transformer": True,
        "legacy": False,
        "dtype": torch.float32,
        "operations": ops.disable_weight_init,
    }


def random_weights(state: dict) -> dict:
    """Small ones in place of what is there, which is as the memory was; what is counted in whole numbers stays."""
    import torch

    return {
        name: (torch.randn(value.shape) * 0.02).half() if value.is_floating_point() else value
        for name, value in state.items()
    }
