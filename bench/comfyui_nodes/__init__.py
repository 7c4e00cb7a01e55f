"""What only the benchmarks use in ComfyUI: pictures and sound from files, which are kept for later prompts."""

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


class BenchSound:
    """A float32 sound [C,T] as numpy has saved it."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"file": ("STRING", {}), "rate": ("INT", {"max": 192000})}}

    RETURN_TYPES = ("AUDIO",)
    FUNCTION = "load"
    CATEGORY = "bench"

    def load(self, file, rate):
        return ({"waveform": torch.from_numpy(numpy.load(file))[None], "sample_rate": rate},)


NODE_CLASS_MAPPINGS = {"BenchPictures": BenchPictures, "BenchSound": BenchSound}
