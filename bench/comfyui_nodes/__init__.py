"""What only the benchmarks use in ComfyUI: pictures, sounds and videos from files, which are kept for later prompts."""

import numpy
import torch
from comfy_api.input_impl import VideoFromFile


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


class BenchVideo:
    """A video file as it is."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"file": ("STRING", {})}}

    RETURN_TYPES = ("VIDEO",)
    FUNCTION = "load"
    CATEGORY = "bench"

    def load(self, file):
        return (VideoFromFile(file),)


NODE_CLASS_MAPPINGS = {"BenchPictures": BenchPictures, "BenchSound": BenchSound, "BenchVideo": BenchVideo}
