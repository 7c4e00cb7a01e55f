"""The only place that knows torch."""

from typing import Any

import numpy as np


def to_array(tensor: Any) -> np.ndarray:
    """A tensor of pictures or samples as a float32 array, copied only where it has to be."""
    import torch

    return tensor.detach().to(device="cpu", dtype=torch.float32).numpy()


def to_tensor(array: np.ndarray) -> Any:
    """An array as a tensor that shares its memory."""
    import torch

    return torch.from_numpy(array)
