"""The only place that knows torch."""

from typing import Any

import numpy as np


def copy_pixels(images: Any, target: memoryview) -> None:
    """Copies an image tensor of any device, type and stride into memory, as float32 without padding."""
    import torch

    # Tensors of ComfyUI's executor are inference tensors; this may run on another thread.
    with torch.inference_mode():
        torch.from_numpy(np.frombuffer(target, dtype=np.float32)).view(images.shape).copy_(images)


def to_array(images: Any) -> np.ndarray:
    """An image tensor as a float32 array, copied only where it has to be."""
    import torch

    return images.detach().to(device="cpu", dtype=torch.float32).numpy()


def to_tensor(array: np.ndarray) -> Any:
    """An array as a tensor that shares its memory."""
    import torch

    return torch.from_numpy(array)
