"""Nodes that only the end-to-end tests use: a batch of known pictures, and a look at what reached the graph."""

import hashlib

import numpy
import torch


class ProbePictures:
    """A batch of different pictures with detail, the same for the same seed."""

    @classmethod
    def INPUT_TYPES(cls):
        whole = {"min": 0, "max": 100_000}
        return {"required": {name: ("INT", dict(whole)) for name in ("seed", "count", "width", "height", "channels")}}

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "make"
    CATEGORY = "probe"

    def make(self, seed, count, width, height, channels):
        random = numpy.random.default_rng(seed)
        coarse = random.random((count, 1 + height // 8, 1 + width // 8, channels), dtype=numpy.float32)
        smooth = coarse.repeat(8, axis=1).repeat(8, axis=2)[:, :height, :width]
        grain = random.random((count, height, width, channels), dtype=numpy.float32)
        return (torch.from_numpy((0.95 * smooth + 0.05 * grain).astype(numpy.float32)),)


class ProbeTensor:
    """Shows a picture's and a mask's shapes and hashes in the history."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"image": ("IMAGE",), "mask": ("MASK",)}}

    RETURN_TYPES = ()
    FUNCTION = "look"
    OUTPUT_NODE = True
    CATEGORY = "probe"

    def look(self, image, mask):
        return {"ui": {"image": [describe(image)], "mask": [describe(mask)]}}


class ProbeTones:
    """A batch of different sounds, the same for the same seed."""

    @classmethod
    def INPUT_TYPES(cls):
        whole = {"min": 0, "max": 100_000_000}
        names = ("seed", "count", "channels", "samples", "sample_rate")
        return {"required": {name: ("INT", dict(whole)) for name in names}}

    RETURN_TYPES = ("AUDIO",)
    FUNCTION = "make"
    CATEGORY = "probe"

    def make(self, seed, count, channels, samples, sample_rate):
        random = numpy.random.default_rng(seed)
        time = numpy.arange(samples, dtype=numpy.float32) / sample_rate
        pitch = random.uniform(110, 880, (count, channels, 1)).astype(numpy.float32)
        noise = random.normal(0, 0.02, (count, channels, samples)).astype(numpy.float32)
        tones = (0.4 * numpy.sin(2 * numpy.pi * pitch * time) + noise).astype(numpy.float32)
        return ({"waveform": torch.from_numpy(tones), "sample_rate": sample_rate},)


class ProbeSound:
    """Shows a sound's rate, shape and hash in the history."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"audio": ("AUDIO",)}}

    RETURN_TYPES = ()
    FUNCTION = "look"
    OUTPUT_NODE = True
    CATEGORY = "probe"

    def look(self, audio):
        return {"ui": {"audio": [f"{audio['sample_rate']} {describe(audio['waveform'])}"]}}


class ProbeDifference:
    """Shows how far two batches of pictures are from each other, in levels of 255."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"one": ("IMAGE",), "other": ("IMAGE",)}}

    RETURN_TYPES = ()
    FUNCTION = "look"
    OUTPUT_NODE = True
    CATEGORY = "probe"

    def look(self, one, other):
        same = one.shape == other.shape
        return {"ui": {"difference": [float((one - other).abs().mean() * 255) if same else 255.0]}}


class ProbeNoModel:
    """Stands for a model and a text encoder where none is ever used."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {}}

    RETURN_TYPES = ("MODEL", "CLIP")
    FUNCTION = "make"
    CATEGORY = "probe"

    def make(self):
        return (None, None)


def describe(tensor):
    digest = hashlib.sha256(tensor.contiguous().numpy().tobytes()).hexdigest()
    return f"{list(tensor.shape)} {tensor.dtype} {digest}"


NODE_CLASS_MAPPINGS = {
    "ProbePictures": ProbePictures,
    "ProbeTensor": ProbeTensor,
    "ProbeTones": ProbeTones,
    "ProbeSound": ProbeSound,
    "ProbeDifference": ProbeDifference,
    "ProbeNoModel": ProbeNoModel,
}
