"""The only place that knows torch."""

from typing import Any

import numpy as np


def to_array(images: Any) -> np.ndarray:
    """An image tensor as a float32 array, copied only where it has to be."""
    import torch

    return images.detach().to(device="cpu", dtype=torch.float32).numpy()


def to_tensor(array: np.ndarray) -> Any:
    """An array as a tensor that shares its memory."""
    import torch

    return torch.from_numpy(array)
