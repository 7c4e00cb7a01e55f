"""What only the benchmarks use in ComfyUI: a batch of pictures from a file, which is kept for later prompts."""

import numpy
import torch


class BenchPictures:
    """A float32 batch [B,H,W,C] as numpy has saved it."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"file": ("STRING", {})}}

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "load"
    CATEGORY = "bench"

    def load(self, file):
        return (torch.from_numpy(numpy.load(file)),)


NODE_CLASS_MAPPINGS = {"BenchPictures": BenchPictures}
